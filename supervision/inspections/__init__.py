"""Inspections: who inspects whom, the year's plan, the open draw; flight, random and daily inspections."""
