"""Fifty people press at the same moment."""
