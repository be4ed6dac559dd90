"""The hark311 command: one module a verb."""
