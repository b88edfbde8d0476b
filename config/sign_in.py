"""Locking out guessed passwords by account name alone: no network address and no device is ever kept."""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.http import HttpRequest


def no_address(request: HttpRequest) -> None:
    """Answer the lock-out library's question for a network address: there is none."""
    return None


class NamelessDevice(AxesDatabaseHandler):
    """The library's own handler, with what it would note of the browser emptied first."""

    def user_login_failed(
        self, sender: Any, credentials: dict, request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Count one failed try for the account name."""
        _forget_device(request)
        super().user_login_failed(sender, credentials, request, **kwargs)

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        """Clear the failed tries of the account that got in."""
        _forget_device(request)
        super().user_logged_in(sender, request, user, **kwargs)


def _forget_device(request: HttpRequest | None) -> None:
    for noted in ("axes_user_agent", "axes_http_accept", "axes_path_info"):
        if hasattr(request, noted):
            setattr(request, noted, "")
