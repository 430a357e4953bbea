"""Invented people and cases that show what the product does. Nobody here is real."""
