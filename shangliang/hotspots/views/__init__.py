"""Pages of hot topics and of the season: for the office alone."""
