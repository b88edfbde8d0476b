"""Addresses of the portal. Mounted last: those of the public begin with a committee's name."""

from django.urls import path

from shangliang.portal.views import courses, files, health, previews, public, publications, receipt, work

app_name = "portal"
urlpatterns = [
    path("health/", health.health, name="health"),
    path("files/<str:name>/", files.file, name="file"),
    path("receipt/now/", receipt.receipt, name="receipt"),
    path("receipt/files/<str:name>/", files.file, name="receipt_file"),
    path("matters/<str:code>/", courses.matter_course, name="matter_course"),
    path("work/", work.work, name="work"),
    path("publications/", publications.publications, name="publications"),
    path("publications/prepare/", publications.prepare, name="prepare"),
    path("publications/<str:code>/", publications.publication, name="publication"),
    path("publications/<str:code>/review/", publications.review, name="review"),
    path("publications/<str:code>/publish/", publications.publish, name="publish"),
    path("publications/<str:code>/withdraw/", publications.withdraw, name="withdraw"),
    path("publications/<str:code>/units/<int:unit>/show/", publications.show, name="show"),
    path("publications/<str:code>/units/<int:unit>/answer/", publications.answer, name="answer"),
    path("previews/", previews.previews, name="previews"),
    path("previews/<str:code>/", previews.preview, name="preview"),
    path("<slug:slug>/", public.home, name="home"),
    path("<slug:slug>/matters/", public.pages, {"kind": "matter"}, name="matters"),
    path("<slug:slug>/topics/", public.pages, {"kind": "topic"}, name="topics"),
    path("<slug:slug>/matters/<str:code>/", public.public_page, {"kind": "matter"}, name="matter"),
    path("<slug:slug>/topics/<str:code>/", public.public_page, {"kind": "topic"}, name="topic"),
    path("<slug:slug>/where/", public.points, name="points"),
    path("<slug:slug>/protection/", public.protection, name="protection"),
    path("<slug:slug>/how-to/", public.how_to, name="how_to"),
    path("<slug:slug>/ledger/", public.ledger, name="ledger"),
]
