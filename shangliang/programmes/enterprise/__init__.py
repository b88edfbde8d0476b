"""Enterprise voice."""
