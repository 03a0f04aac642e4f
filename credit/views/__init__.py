"""The pages of credit: the desk's, the institution's own, and what everybody may read."""
