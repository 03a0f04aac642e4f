"""The desk's pages of rewards."""
