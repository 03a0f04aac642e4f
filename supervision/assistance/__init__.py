"""Matters of care away from home: one region asks another, both see the same evidence, money goes back to who paid."""
