"""The metrics as queries over the records; owns no tables."""
