"""Who reported: names and the ways to reach them, kept apart from cases."""
