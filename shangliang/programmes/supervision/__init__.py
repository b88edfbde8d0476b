"""Democratic supervision."""
