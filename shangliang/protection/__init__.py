"""① Protection of whoever spoke (保护): three texts, how many could have said it, units complained about, covered pictures."""
