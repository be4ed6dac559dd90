"""Brings cases that other systems kept: profiles, rows, repairs, batches."""
