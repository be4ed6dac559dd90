"""What the city knows is wrong now: where, which services, since when, in which words."""
