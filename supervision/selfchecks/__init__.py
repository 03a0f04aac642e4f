"""Self-correction: institutions look for known problems in their own claims, report them line by line and pay back."""
