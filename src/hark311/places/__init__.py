"""Where something is: areas, positions, and who is responsible outside."""
