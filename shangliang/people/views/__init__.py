"""Pages of signing in, of the office, of the start."""
