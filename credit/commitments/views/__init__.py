"""The pages of commitments, the desk's and the institution's."""
