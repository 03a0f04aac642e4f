"""Deadlines and holidays; it knows nobody."""
