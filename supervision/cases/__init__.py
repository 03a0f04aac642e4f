"""From lead to closing, on three tracks."""
