"""The pages of letters: what a territory has issued, and what an institution was served with."""
