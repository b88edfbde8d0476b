"""How the product is put together on one machine: settings, addresses, the WSGI entry. No civic words."""
