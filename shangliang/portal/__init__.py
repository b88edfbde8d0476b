"""Public pages, matter timeline, receipt page and open data; owns no tables."""
