"""Addresses of reports: the resident's pages first, then the desk's."""

from django.urls import include, path

from shangliang.reports.views import files, others, proofs, receipt, receipt_contact, recordings, resident

app_name = "reports"

urlpatterns = [
    path("r/where/", resident.where_to_turn, name="where"),
    path("r/protection/", resident.how_protected, name="how_protected"),
    path("r/offline.js", others.offline, name="offline"),
    path("r/proof/", proofs.fresh_task, name="proof"),
    path("r/<str:code>/", resident.report_form, name="report_form"),
    path("r/<str:code>", resident.report_form, name="report_form_bare"),
    path("r/<str:code>/others/", others.others, name="others"),
    path("receipt/", receipt.receipt_lookup, name="receipt_lookup"),
    path("receipt/forget/", receipt.receipt_forget, name="receipt_forget"),
    path("receipt/reply/", receipt.receipt_reply, name="receipt_reply"),
    path("receipt/add/", receipt.receipt_add, name="receipt_add"),
    path("receipt/withdraw/", receipt.receipt_withdraw, name="receipt_withdraw"),
    path("receipt/contact/", receipt_contact.receipt_contact, name="receipt_contact"),
    path("receipt/contact/forget/", receipt_contact.receipt_contact_forget, name="receipt_contact_forget"),
    path("desk/photo/<str:name>/", files.photo, name="photo"),
    path("desk/recording/<str:name>/", recordings.recording, name="recording"),
    path("desk/<str:code>/write-down/", recordings.desk_write_down, name="desk_write_down"),
    path("", include("shangliang.reports.desk_urls")),
]
