"""Members: profile, sector, term, station, duty slot, contact pair, activity and duty file."""
