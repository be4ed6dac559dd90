"""Hark311: one hub where a city hears every request that is not an emergency."""
