"""Reads cases for pages, APIs and reports into frozen records."""
