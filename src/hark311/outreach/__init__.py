"""Meetings with residents: when and where, who came, what was asked, and what was told there."""
