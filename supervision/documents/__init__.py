"""Numbered letters, and how they are served; it knows nobody."""
