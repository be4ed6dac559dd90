"""Fills a demonstration with accounts and plausible cases; nothing here runs anywhere else."""
