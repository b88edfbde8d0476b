"""The example district: fictitious people, places and words, built by the real actions."""
