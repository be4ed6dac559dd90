"""Counts: what a city's cases show together. It reads, and changes nothing."""
