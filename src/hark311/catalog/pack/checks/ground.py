"""Streets have one line or parts, and each name once; outlines of landmarks are closed."""

from hark311.catalog.pack.checks.codes import check_unique
from hark311.catalog.pack.ground_format import Street
from hark311.catalog.pack.marks import Word
from hark311.catalog.pack.outlines import check_ring
from hark311.catalog.pack.pack_format import Pack
from hark311.catalog.pack.reading import Reading
from hark311.domain.place_text import fold_name


def check_ground(pack: Pack, reading: Reading) -> None:
    """Note faults of streets and landmarks."""
    for street in pack.streets:
        _check_street(street, reading)
    names = [Word(fold_name(street.name), street.name.at) for street in pack.streets]
    check_unique(names, "street", reading)
    for landmark in pack.landmarks:
        if landmark.polygon is not None:
            noun = f"the landmark {str(landmark.code)!r}"
            check_ring(landmark.polygon, landmark.at, noun, reading)


def _check_street(street: Street, reading: Reading) -> None:
    noun = f"The street {str(street.name)!r}"
    if not fold_name(street.name):
        reading.fault(street.at, f"{noun} has no letter in its name.", "Write its name in full.")
    if bool(street.parts) == (street.line is not None):
        number = "a line and parts" if street.parts else "no line"
        reading.fault(street.at, f"{noun} has {number}.", "Give either `line` or `parts`.")
    for part in street.stretches:
        if (part.first is None) != (part.last is None):
            reading.fault(
                part.at, f"{noun} has one house number only.", "Give both `first` and `last`."
            )
        if len(set(part.line)) < 2:
            reading.fault(part.at, f"{noun} is one point.", "A line needs two different points.")
