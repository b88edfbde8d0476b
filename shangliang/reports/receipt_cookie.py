"""The receipt in a browser: a signed cookie that says which report was shown, never the code itself.

It goes with addresses under ``/receipt/`` only, so whoever reads public pages or signs in to work stays unconnected
with what they said. Half an hour by default; half a year where somebody chose to remember it on this phone. It dies
with its receipt: once a lost receipt was made anew, browsers that were shown the old one hold nothing.
"""

from datetime import timedelta
from typing import Final

from django.core import signing
from django.http import HttpRequest, HttpResponse

from shangliang.foundation import clock
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.reports.queries.receipts import times_reissued

NAME: Final = "receipt"
PATH: Final = "/receipt/"
SALT: Final = "receipt"
FOR_NOW = timedelta(minutes=30)
FOR_LONG = timedelta(days=180)


def holder_from(request: HttpRequest) -> ReceiptHolder | None:
    """Return whoever showed a receipt in this browser, or None when nobody did, too long ago, or the cookie is forged."""
    try:
        said = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT)
        report_id, until, reissued = int(said["report"]), int(said["until"]), int(said.get("reissued", 0))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None
    holds = until > clock.now().timestamp() and reissued == times_reissued(report_id)
    return ReceiptHolder(report_id) if holds else None


def remember(response: HttpResponse, report_id: int, long: bool, secure: bool = False) -> None:
    """Put the receipt into the browser: until it is closed and for half an hour at most, or for half a year."""
    until = clock.now() + (FOR_LONG if long else FOR_NOW)
    said = {"report": report_id, "until": int(until.timestamp()), "reissued": times_reissued(report_id)}
    value = signing.dumps(said, salt=SALT)
    age = int(FOR_LONG.total_seconds()) if long else None
    response.set_cookie(NAME, value, max_age=age, path=PATH, httponly=True, samesite="Lax", secure=secure)


def forget(response: HttpResponse) -> None:
    """Take the receipt out of the browser."""
    response.delete_cookie(NAME, path=PATH, samesite="Lax")
