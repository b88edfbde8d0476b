"""Pages for everybody: what is consulted on, what came of it, how people are protected. No account, no session."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property

from shangliang.foundation.queries import ledger_head
from shangliang.foundation.states import PublicationState
from shangliang.people.access import for_everybody, found
from shangliang.people.queries import get_committee, local_word, settings_of
from shangliang.portal.queries import latest_pages, open_points, versions_of, whole_page
from shangliang.portal.showing import listed, shown

PAGES_AT_ONCE, POINTS_AT_ONCE, NEWEST_TOPICS, POINTS_ON_HOME = 20, 60, 5, 8
CONSENT_VERSION = "2026-11"  # the version of the consent sentence this page explains
LONGEST_SEARCH = 40
GONE = 410
MOST_PAGED = 1000


class CountedSoFar(Paginator):
    """Pages of the newest rows only: counting a hundred thousand would cost more than showing them. Search finds the rest."""

    @cached_property
    def count(self) -> int:
        """Return the number of rows, at most MOST_PAGED."""
        return self.object_list[:MOST_PAGED].count()


@for_everybody
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """What is consulted on, what came of it, where to speak; with ``?q=`` what was found in the titles."""
    committee = request.committee = found(get_committee(slug))
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    kinds = ("matter", "topic") if words else ("matter",)
    page = _paged(request, latest_pages(committee.pk, *kinds, words=words), PAGES_AT_ONCE)
    topics = [] if words else latest_pages(committee.pk, "topic")[:NEWEST_TOPICS]
    context = {
        "page": page, "rows": listed(slug, page), "topics": listed(slug, topics), "words": words,
        "local_word": local_word(committee.pk, "consultation"),
        "points": list(open_points(committee.pk)[: POINTS_ON_HOME + 1]), "most": POINTS_ON_HOME,
    }  # fmt: skip
    return render(request, "portal/home.html", context)


@for_everybody
def pages(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Every standing page of one kind, the latest first."""
    committee = request.committee = found(get_committee(slug))
    page = _paged(request, latest_pages(committee.pk, kind), PAGES_AT_ONCE)
    return render(request, "portal/pages.html", {"page": page, "rows": listed(slug, page), "kind": kind})


@for_everybody
def points(request: HttpRequest, slug: str) -> HttpResponse:
    """Every open report point."""
    committee = request.committee = found(get_committee(slug))
    return render(
        request, "portal/points.html", {"page": _paged(request, open_points(committee.pk), POINTS_AT_ONCE)}
    )


@for_everybody
def public_page(request: HttpRequest, slug: str, kind: str, code: str) -> HttpResponse:
    """The published page of one matter or topic, or an earlier version of it with ``?version=``.

    Where the latest version was taken down the whole page is: an earlier one mostly says the very same words.
    """
    committee = request.committee = found(get_committee(slug))
    versions = list(versions_of(committee.pk, f"{kind}:{code}"))
    if not versions:
        raise Http404
    is_down = versions[0].state == PublicationState.WITHDRAWN
    asked = "" if is_down else request.GET.get("version", "")
    version = found(next((one for one in versions if asked in ("", one.code)), None))
    context = {
        "version": version,
        "versions": versions,
        "kind": kind,
        "code": code,
        "is_latest": version is versions[0],
    }
    whole = whole_page(committee.pk, version.code)
    if whole is None:
        return render(request, "portal/taken_down.html", context, status=GONE)
    return render(request, "portal/public_page.html", {**context, "shown": shown(whole.content)})


@for_everybody
def protection(request: HttpRequest, slug: str) -> HttpResponse:
    """How those who speak are protected: what is kept, how long, who sees it."""
    committee = request.committee = found(get_committee(slug))
    said = settings_of(committee.pk)
    context = {
        "keep_days": said["keep_contact_days"],
        "withdrawn_days": said["keep_withdrawn_days"],
        "consent_version": CONSENT_VERSION,
    }
    return render(request, "portal/protection.html", context)


@for_everybody
def how_to(request: HttpRequest, slug: str) -> HttpResponse:
    """How all this is used, step by step."""
    committee = request.committee = found(get_committee(slug))
    return render(request, "portal/how_to.html", {"days": settings_of(committee.pk)})


@for_everybody
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """Today's line of the ledger, for whoever wants to keep it."""
    committee = request.committee = found(get_committee(slug))
    head = ledger_head(committee.pk)
    digest = bytes(head.hash).hex() if head else ""
    return render(request, "portal/ledger.html", {"head": head, "short": digest[:8], "digest": digest})


def _paged(request: HttpRequest, rows, at_once: int):  # type: ignore[no-untyped-def]
    return CountedSoFar(rows, at_once).get_page(request.GET.get("page"))
