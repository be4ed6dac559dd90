"""Tells people things: reads events in order and sends notices."""
