"""Forms of signing in, of the office's own pages and of the start."""
