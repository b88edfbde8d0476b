"""The drawn icons, 24 × 24, stroke only. Shown beside words, never alone, hence hidden from screen readers."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

DRAWINGS = {
    "mic": '<path d="M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5 11v1a7 7 0 0 0 14 0v-1M12 19v3"/>',
    "camera": '<path d="M3 8h4l2-3h6l2 3h4v11H3z"/><circle cx="12" cy="13" r="3.6"/>',
    "file": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>',
    "speak": '<path d="M4 9v6h4l5 4V5L8 9zM17 9a4 4 0 0 1 0 6M19.500 6a8 8 0 0 1 0 12"/>',
    "check": '<path d="M5 12.500l4.500 4.500L19 7"/>',
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "print": '<path d="M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z"/>',
    "search": '<circle cx="10.500" cy="10.500" r="6"/><path d="M15 15l5.500 5.500"/>',
    "table": '<path d="M4 5h16v14H4zM4 10h16M4 14.500h16M10 5v14"/>',
    "lock": '<path d="M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3"/>',
    "phone": '<path d="M8 3h8v18H8zM11 18h2"/>',
    "place": '<path d="M12 21s6-6.500 6-11a6 6 0 0 0-12 0c0 4.500 6 11 6 11z"/><circle cx="12" cy="10" r="2.200"/>',
    "people": '<circle cx="9" cy="8" r="3.200"/><path d="M3 20a6 6 0 0 1 12 0M16 5.200a3.200 3.200 0 0 1 0 5.600M17.500 14.500A6 6 0 0 1 21 20"/>',
    "warn": '<path d="M12 4l9 16H3zM12 10v5M12 17.500v.500"/>',
}


def icon(name: str) -> SafeString:
    """The drawing called `name` as inline SVG; an unknown name is a KeyError, so a typo shows at once."""
    return format_html(
        '<svg class="ic" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', mark_safe(DRAWINGS[name])
    )
