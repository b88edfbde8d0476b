"""The one page of the instance as a whole."""
