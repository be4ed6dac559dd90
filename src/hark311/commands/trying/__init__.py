"""Tries an unknown export: guesses how it is written, and shows what its city cannot see."""
