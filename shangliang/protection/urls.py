"""Addresses of protection: the office's page of one report and of one matter, the member's, the resident's."""

from django.urls import path

from shangliang.protection.views import covers, findings, matters, resident, texts

app_name = "protection"

urlpatterns = [
    path("protect/matter/<str:code>/", matters.matter, name="matter"),
    path("protect/matter/<str:code>/summary/", matters.summary, name="summary"),
    path("protect/finding/", findings.findings, name="findings"),
    path("protect/finding/<str:code>/", findings.finding, name="finding"),
    path("protect/finding/<str:code>/decline/", findings.decline, name="decline"),
    path("protect/finding/<str:code>/office/<slug:name>/", texts.finding_step, name="finding_step"),
    path("protect/photos/<str:code>/", covers.covers, name="covers"),
    path("protect/photo/<str:name>/", covers.cover, name="cover"),
    path("protect/photo/<str:name>/preview/", covers.preview, name="cover_preview"),
    path("protect/covered/<str:name>/", covers.covered, name="covered"),
    path("protect/<str:code>/", texts.texts, name="texts"),
    path("protect/<str:code>/unname/", texts.unname, name="unname"),
    path("protect/<str:code>/<slug:name>/", texts.step, name="step"),
    path("receipt/consent/", resident.consent, name="consent"),
]
