"""The pages of findings, runs and rules."""
