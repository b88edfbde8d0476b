import re
from pathlib import Path

import pytest
from django.http import Http404, HttpResponseRedirect
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory, override_settings
from django.utils import translation

from shangliang.ui import views
from shangliang.ui.context import chrome
from shangliang.ui.gallery import everything_once
from shangliang.ui.htmx import go_to, page_or_fragment

HERE = Path(__file__).resolve().parent.parent
TEMPLATES = sorted(
    path.relative_to(HERE / "templates").as_posix() for path in HERE.glob("templates/**/*.html")
)


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles_and_is_short(name):
    get_template(name)
    assert len((HERE / "templates" / name).read_text().splitlines()) <= 80


def rendered(template, **headers):
    request = RequestFactory().get("/gallery/", headers=headers)
    request.COOKIES["elder"] = "1"
    return render_to_string(template, {**everything_once(request), **chrome(request)}, request)


@pytest.mark.parametrize("template", ["ui/gallery.html", "ui/gallery_staff.html"])
def test_pages_hold_under_a_strict_policy(template):
    page = rendered(template)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))
    assert 'class="elder"' in page


def test_ids_are_unique_within_a_form_and_labels_lead_to_controls():
    form = everything_once(None)["form"]
    page = str(form)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'\sfor="([^"]+)"', page)) <= set(ids)


def test_residents_pages_stay_light():
    page = rendered("ui/gallery.html")
    assert "htmx" not in page
    assert (
        len((HERE / "static/ui/resident.js").read_bytes()) <= 12_288
    )  # the browser test holds the whole page to 60 KB


def test_chrome_asks_no_database_and_survives_a_bare_request():
    frame = chrome(RequestFactory().get("/x/?a=1"))["chrome"]
    assert frame["here"] == "/x/?a=1"
    assert not frame["acting"]
    assert not frame["is_example"]
    assert frame["nav"] == []


@pytest.mark.parametrize(
    ("target", "leads"),
    [("/a/?b=1", "/a/?b=1"), ("https://bad.invalid/", "/"), ("//bad.invalid", "/"), ("", "/")],
)
def test_the_elder_switch_leads_back_only_to_us(target, leads):
    response = views.elder(RequestFactory().get("/elder/", {"elder": "1", "next": target}))
    assert isinstance(response, HttpResponseRedirect)
    assert response.url == leads
    assert response.cookies["elder"].value == "1"


def test_the_language_switch_knows_only_our_languages():
    assert views.language(RequestFactory().get("/language/", {"to": "en"})).cookies
    assert not views.language(RequestFactory().get("/language/", {"to": "xx"})).cookies


def test_a_fragment_only_for_htmx_and_never_for_history():
    def answer(**headers):
        request = RequestFactory().get("/", headers=headers)
        return page_or_fragment(
            request, "404.html", "ui/components/chip.html", {"words": "居民", "kind": ""}, target="part"
        )

    assert b"<html" in answer().content
    assert b"<html" not in answer(hx_request="true", hx_target="part").content
    assert b"<html" in answer(hx_request="true", hx_target="other").content
    assert b"<html" in answer(hx_request="true", hx_target="part", hx_history_restore_request="true").content
    assert "HX-Request" in answer()["Vary"]


def test_leaving_after_a_post():
    assert go_to(RequestFactory().post("/"), "/a/")["Location"] == "/a/"
    assert go_to(RequestFactory().post("/", headers={"hx-request": "true"}), "/a/")["HX-Redirect"] == "/a/"


def test_the_gallery_is_closed_to_strangers():
    with override_settings(DEBUG=False), pytest.raises(Http404):
        views.gallery(RequestFactory().get("/gallery/"))


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_nothing(name):
    assert "<h1>" in render_to_string(f"{name}.html")


def test_the_pager_keeps_the_filters():
    template = engines["django"].from_string("{% load ui %}{% pager page %}")
    request = RequestFactory().get("/", {"state": "open", "page": "4"})
    shown = template.render({"page": everything_once(None)["page"]}, request)
    assert "?state=open&amp;page=5" in shown
