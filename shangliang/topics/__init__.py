"""The topic bank: six sources, approval, public notice."""
