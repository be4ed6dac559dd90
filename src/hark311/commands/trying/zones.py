"""Which clock a city most likely goes by, from where it lies; a guess that the page names."""

# West of this longitude, the next zone: within the contiguous United States and Canada.
_AMERICAN = (
    (-86.5, "America/New_York"),
    (-101.5, "America/Chicago"),
    (-114.0, "America/Denver"),
    (-130.0, "America/Los_Angeles"),
)
_NORTH_AMERICA = (-130.0, 24.0, -66.0, 55.0)


def zone_near(lon: float, lat: float) -> str:
    """The zone of a city in North America, elsewhere the hour that its longitude has."""
    west, south, east, north = _NORTH_AMERICA
    if west <= lon <= east and south <= lat <= north:
        return next(name for edge, name in _AMERICAN if lon >= edge)
    hours = round(lon / 15)
    # The sign of these names is turned round: Etc/GMT-1 is one hour ahead.
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"
