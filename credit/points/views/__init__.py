"""The pages of points: the desk's, and the institution's own."""
