"""① Exchange with other systems (来往): imports, copied chat messages, and the sheets handed over (转办单)."""
