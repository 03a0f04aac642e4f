"""The pages of designation: the desk's, the institution's own, and those of everybody."""
