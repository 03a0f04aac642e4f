"""The two tables: of a person's qualification, and of a record of points."""
