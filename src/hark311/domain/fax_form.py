"""The printed form: where its boxes stand, and how a page that came back is laid over it.

All lengths are tenths of a millimeter from the corner of the page where reading begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_MARK = "H311F1"
# The QR code: its left and upper edge, and how wide it is.
CODE_LEFT, CODE_TOP, CODE_SIDE = 1640, 130, 320


@dataclass(frozen=True, slots=True)
class Box:
    """A field to write in. name: of the draft's part that it fills."""

    name: str
    left: int
    top: int
    width: int
    height: int


BOXES = (
    Box("description", 160, 700, 1800, 560),
    Box("address", 160, 1380, 1800, 160),
    Box("name", 160, 1660, 1800, 140),
    Box("phone", 160, 1920, 860, 140),
    Box("email", 1100, 1920, 860, 140),
)


@dataclass(frozen=True, slots=True)
class FormId:
    """Which form a page is: of which government and service, in which language."""

    jurisdiction: str
    service_code: str
    language: str

    def text(self) -> str:
        """What the QR code says."""
        return ":".join((_MARK, self.jurisdiction, self.service_code, self.language))


def form_id_of(text: str) -> FormId | None:
    """The form that a QR code names; None for a code of somebody else."""
    parts = text.split(":")
    if len(parts) != 4 or parts[0] != _MARK or not all(parts):
        return None
    return FormId(*parts[1:])


Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Laid:
    """The form as it lies on a page: a turn and a stretch, known from its QR code."""

    origin: Spot
    across: Spot
    down: Spot

    def spot(self, left: float, top: float) -> Spot:
        """Where a place of the form is on the page, in dots."""
        x, y = (left - CODE_LEFT) / CODE_SIDE, (top - CODE_TOP) / CODE_SIDE
        return (
            self.origin[0] + x * self.across[0] + y * self.down[0],
            self.origin[1] + x * self.across[1] + y * self.down[1],
        )

    def corners(self, box: Box, inset: int = 12) -> tuple[Spot, Spot, Spot, Spot]:
        """The corners of a box within its lines, in the order in which Pillow wants them."""
        left, top = box.left + inset, box.top + inset
        right, below = box.left + box.width - inset, box.top + box.height - inset
        return (
            self.spot(left, top),
            self.spot(left, below),
            self.spot(right, below),
            self.spot(right, top),
        )


def laid_by(corners: Sequence[Spot]) -> Laid:
    """How the form lies if its QR code has these corners, from the top left clockwise."""
    first, second, _third, fourth = corners
    return Laid(
        origin=first,
        across=(second[0] - first[0], second[1] - first[1]),
        down=(fourth[0] - first[0], fourth[1] - first[1]),
    )
