"""Shangliang (商量): from one sentence on a wall to a verdict."""
