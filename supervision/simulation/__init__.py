"""A year of supervision in the invented prefecture: told by the moves that people make, then counted and reconciled."""
