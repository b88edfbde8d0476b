"""A receipt as it is shown and printed: symbols, characters, and a square that leads to the look-up page."""

from dataclasses import dataclass

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from shangliang.foundation import codes

MASK = 3  # any of the eight is valid; trying them all took a quarter of the time of a report


@dataclass(frozen=True)
class Slip:
    """``symbols`` and ``han`` are the same code in two alphabets, each with its check; ``qr`` is inline SVG."""

    symbols: str
    han: str
    qr: SafeString


def slip_of(request: HttpRequest, bits: bytes) -> Slip:
    """Return the slip of a receipt. The code stands behind # in the square's address, which no server ever sees."""
    symbols = codes.as_symbols(bits)
    address = f"{request.build_absolute_uri(reverse('reports:receipt_lookup'))}#{symbols}"
    return Slip(symbols, codes.as_han(bits), qr_svg(address, _("查进展的二维码")))


def qr_svg(content: str, label: str) -> SafeString:
    """Return a QR code as inline SVG of class ``qr`` with a title for screen readers."""
    drawing = segno.make(content, error="m", micro=False, mask=MASK)
    # segno draws numbers and escapes the title: nothing of `content` stands in the markup itself
    return mark_safe(drawing.svg_inline(border=2, svgclass="qr", lineclass=None, omitsize=True, dark="#23252b",
                                        light="#fff", title=label))  # fmt: skip
