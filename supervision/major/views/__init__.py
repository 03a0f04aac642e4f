"""The pages of major issues and interviews: the desk's and the institution's."""
