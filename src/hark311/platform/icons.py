"""The drawings of the pages: one stroke, a 24-unit square, never the only carrier of a meaning."""

from collections.abc import Mapping
from types import MappingProxyType

ICONS: Mapping[str, str] = MappingProxyType(
    {
        "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
        "back": '<path d="M20 12H5M11 6l-6 6 6 6"/>',
        "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15ZM10 20.5h4"/>',
        "building": '<path d="M3.5 20.5h17M5.5 20.5V10h13v10.5M4 10l8-5.5 8 5.5M9 13.5v4M12 13.5v4'
        'M15 13.5v4"/>',
        "car": '<path d="M3.5 17v-4.5L6 7h12l2.5 5.5V17ZM3.5 12.5h17M6.5 17v2.5M17.5 17v2.5'
        'M7 14.8h.01M17 14.8h.01"/>',
        "chat": '<path d="M4 5h16v11h-8.5L7 20v-4H4Z"/>',
        "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
        "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
        "contrast": '<circle cx="12" cy="12" r="8"/><path class="f" d="M12 4a8 8 0 0 1 0 16Z"/>',
        "cross": '<path d="M6 6l12 12M18 6 6 18"/>',
        "down": '<path d="m6 9.5 6 6 6-6"/>',
        "edit": '<path d="m4.5 19.5.8-4L16 4.8l3.2 3.2L8.5 18.7ZM13.5 7.3l3.2 3.2"/>',
        "eye": '<path d="M2.5 12C5 7.7 8.2 5.5 12 5.5s7 2.2 9.5 6.5c-2.5 4.3-5.7 6.5-9.5 6.5'
        'S5 16.3 2.5 12Z"/><circle cx="12" cy="12" r="3"/>',
        "file": '<path d="M6 3.5h8l4 4v13H6ZM14 3.5v4h4M9 12h6M9 16h6"/>',
        "flag": '<path d="M6 21V4h12l-3 4.2 3 4.3H6"/>',
        "globe": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c2.7 2.6 4 5.6 4 9'
        's-1.3 6.4-4 9c-2.7-2.6-4-5.6-4-9s1.3-6.4 4-9Z"/>',
        "grid": '<path d="M4.5 4.5h6v6h-6ZM13.5 4.5h6v6h-6ZM4.5 13.5h6v6h-6ZM13.5 13.5h6v6h-6Z"/>',
        "half": '<circle cx="12" cy="12" r="7.5"/>'
        '<path class="f" d="M12 4.5a7.5 7.5 0 0 1 0 15Z"/>',
        "hand": '<path d="M4 8.5h13M13.5 5 17 8.5 13.5 12M20 15.5H7M10.5 12 7 15.5l3.5 3.5"/>',
        "list": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01"/>',
        "lock": '<path d="M5.5 11h13v9h-13ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
        "mail": '<path d="M3.5 6h17v12h-17ZM4 7l8 6 8-6"/>',
        "map": '<path d="M9 4 3.5 6.5v14L9 18l6 2.5 5.5-2.5V3.5L15 6.5ZM9 4v14M15 6.5v14"/>',
        "people": '<circle cx="9" cy="8.5" r="3.3"/><path d="M3 19.5c.4-3.7 2.6-5.5 6-5.5'
        's5.6 1.8 6 5.5M15.5 5.5a3.2 3.2 0 0 1 0 6M17.5 14.2c2 .7 3.2 2.6 3.5 5.3"/>',
        "person": '<circle cx="12" cy="8.5" r="3.7"/><path d="M4.8 20.5c.5-4.2 3-6.2 7.2-6.2'
        's6.7 2 7.2 6.2"/>',
        "phone": '<path d="M6.5 3.5h3L11 8 9 9.5a11 11 0 0 0 5.5 5.5l1.5-2 4.5 1.5v3a2 2 0 0 1'
        '-2.2 2A17 17 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2Z"/>',
        "photo": '<path d="M3.5 8H7l1.5-2.5h7L17 8h3.5v11h-17Z"/><circle cx="12" cy="13" r="3.5"/>',
        "pin": '<path d="M12 21.5c4.7-4.7 7-8.3 7-11.5a7 7 0 1 0-14 0c0 3.2 2.3 6.8 7 11.5Z"/>'
        '<circle cx="12" cy="10" r="2.5"/>',
        "plus": '<path d="M12 5v14M5 12h14"/>',
        "print": '<path d="M7 9V4h10v5M7 17H4.5V9h15v8H17M7 14h10v6.5H7Z"/>',
        "return": '<path d="M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H9"/>',
        "ring": '<circle cx="12" cy="12" r="7"/>',
        "route": '<circle cx="6" cy="6" r="2.3"/><circle cx="18" cy="18" r="2.3"/>'
        '<path d="M8.3 6H15a3 3 0 0 1 0 6H9a3 3 0 0 0 0 6h6.7"/>',
        "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
        "share": '<circle cx="6" cy="12" r="2.4"/><circle cx="17.5" cy="6" r="2.4"/>'
        '<circle cx="17.5" cy="18" r="2.4"/><path d="m8.2 10.9 7.1-3.8M8.2 13.1l7.1 3.8"/>',
        "sign": '<path d="M8.7 3h6.6L19 6.7v6.6L15.3 17H8.7L5 13.3V6.7ZM12 17v4.5M9 10h6"/>',
        "square": '<path class="f" d="M7 7h10v10H7Z"/>',
        "star": '<path d="m12 4 2.4 5 5.6.7-4.1 3.8 1.1 5.5-5-2.8L7 19l1.1-5.5L4 9.7l5.6-.7Z"/>',
        "wait": '<path d="M9 6v12M15 6v12"/>',
        "warning": '<path d="M12 3.8 21.2 20H2.8ZM12 10v4.5M12 17.2v.01"/>',
        "wrench": '<path d="M14 6.8 17.2 3.7a5 5 0 0 0-6.6 6.3L4.3 16.3a2.4 2.4 0 0 0 3.4 3.4'
        'L14 13.4a5 5 0 0 0 6.3-6.6L17.2 10 14 10Z"/>',
    }
)

# Point along the line of reading, so they turn round where it runs from right to left.
DIRECTED = frozenset({"arrow", "back", "return"})


def drawing(name: str) -> str:
    """Return the SVG of an icon, hidden from screen readers. Raises KeyError for an unknown one."""
    turned = " flip" if name in DIRECTED else ""
    body = ICONS[name]
    return f'<svg class="i{turned}" viewBox="0 0 24 24" aria-hidden="true">{body}</svg>'
