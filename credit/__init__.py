"""Standing: indicators, grades, commitments, appeals."""
