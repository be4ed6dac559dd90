"""Meetings: the calendar that everybody sees, its feeds, and what became of what was told."""
