"""The pages of self-correction: the desk's and the institution's."""
