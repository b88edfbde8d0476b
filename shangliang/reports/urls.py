"""Addresses of reports: the resident's pages first, then the desk's."""

from django.urls import include, path

from shangliang.reports.views import files, receipt, resident

app_name = "reports"

urlpatterns = [
    path("r/where/", resident.where_to_turn, name="where"),
    path("r/protection/", resident.how_protected, name="how_protected"),
    path("r/<str:code>/", resident.report_form, name="report_form"),
    path("r/<str:code>", resident.report_form, name="report_form_bare"),
    path("receipt/", receipt.receipt_lookup, name="receipt_lookup"),
    path("receipt/forget/", receipt.receipt_forget, name="receipt_forget"),
    path("receipt/reply/", receipt.receipt_reply, name="receipt_reply"),
    path("receipt/add/", receipt.receipt_add, name="receipt_add"),
    path("receipt/withdraw/", receipt.receipt_withdraw, name="receipt_withdraw"),
    path("desk/photo/<str:name>/", files.photo, name="photo"),
    path("", include("shangliang.reports.desk_urls")),
]
