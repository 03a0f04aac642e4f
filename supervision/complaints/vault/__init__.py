"""Who told it: sealed for a process of its own, and opened by two people."""
