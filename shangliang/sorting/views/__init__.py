"""Pages of sorting, by story."""
