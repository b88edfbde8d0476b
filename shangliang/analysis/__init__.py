"""Pure functions on arrays and strings: no Django, no database."""
