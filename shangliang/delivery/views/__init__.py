"""What each audience opens: office, unit and authority; a unit by link; a resident with a receipt; readers of lists."""
