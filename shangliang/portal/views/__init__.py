"""The pages of the portal, by who reads them."""
