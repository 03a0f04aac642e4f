"""A finding is heard before it becomes a measure."""
