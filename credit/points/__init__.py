"""Practitioners whom the fund pays for: registered with a commitment, scored by twelve points a calendar year."""
