"""② Pages of the topic bank."""
