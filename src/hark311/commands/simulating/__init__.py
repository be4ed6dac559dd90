"""Imagines a city that reports: a plan of lives, and two writers that put the same plan down.

The plan is pure: city, profile and seed decide it, and the same three give the same lives.
The living writer tells them through ``intake`` and the actions of ``cases`` with the clock held;
the bulk writer prints them with ``cases.press``.
"""
