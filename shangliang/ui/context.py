"""What every page's frame needs to know. Reads request attributes and cookies only, never the database."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

ELDER_COOKIE = "elder"
_NAV_SHOWN = 5


def _lang_attribute() -> str:
    language = get_language() or settings.LANGUAGE_CODE
    return "zh-CN" if language.lower().startswith("zh") else language


def _acting(request):
    """The appointment somebody acts in, or None; lazy, so public pages never resolve it."""
    return getattr(request, "acting", None)


def _committee(request):
    return getattr(request, "committee", None)


def _is_example(request) -> bool:
    return bool(getattr(_committee(request), "is_example", False))


def chrome(request) -> dict:
    """{"chrome": …}: elder, language, committee, is_example, nav (first ones and the rest), acting, appointments, inbox."""
    nav = list(getattr(request, "nav", None) or [])
    return {
        "chrome": {
            "elder": request.COOKIES.get(ELDER_COOKIE) == "1",
            "language": _lang_attribute(),
            "other_languages": [code for code, _ in settings.LANGUAGES if code != get_language()],
            "committee": SimpleLazyObject(lambda: _committee(request)),
            "is_example": SimpleLazyObject(lambda: _is_example(request)),
            "nav": nav,
            "nav_first": nav[:_NAV_SHOWN],
            "nav_more": nav[_NAV_SHOWN:],
            "acting": SimpleLazyObject(lambda: _acting(request)),
            "appointments": getattr(request, "appointments", None) or [],
            "inbox": getattr(request, "inbox_count", None),
            "here": request.get_full_path() if request.method == "GET" else request.path,
        }
    }
