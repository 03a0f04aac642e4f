"""What is owed to who told it: reckoned from what was verified, approved by two, paid without a name."""
