"""Addresses of imports, copied chats and transfers: the office's own."""

from django.urls import path

from shangliang.exchange.views import chats, imports, out, pasting, sheets, systems, transfers

app_name = "exchange"

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/<str:code>/", imports.one, name="import"),
    path("imports/<str:code>/columns/", imports.columns, name="import_columns"),
    path("imports/<str:code>/begin/", imports.begin, name="import_begin"),
    path("imports/<str:code>/next/", imports.next_part, name="import_next"),
    path("imports/<str:code>/drop/", imports.drop, name="import_drop"),
    path("imports/<str:code>/undo/", imports.undo, name="import_undo"),
    path("imports/<str:code>/rejected/", imports.rejected, name="import_rejected"),
    path("chats/", chats.chats, name="chats"),
    path("chats/keep/", chats.keep, name="chats_keep"),
    path("chats/join/", chats.join, name="chats_join"),
    path("chats/<str:code>/", chats.draft, name="draft"),
    path("chats/<str:code>/take/", chats.take, name="draft_take"),
    path("chats/<str:code>/drop/", chats.drop, name="draft_drop"),
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/out/<str:code>/", out.refer, name="refer_out"),
    path("transfers/elsewhere/<str:code>/", out.elsewhere, name="elsewhere"),
    path("transfers/systems/", systems.systems, name="systems"),
    path("transfers/systems/new/", systems.system, name="system_new"),
    path("transfers/systems/<str:code>/", systems.system, name="system"),
    path("transfers/systems/<str:code>/list/", sheets.to_list, name="to_list"),
    path("transfers/systems/<str:code>/numbers/", pasting.numbers, name="numbers"),
    path("transfers/systems/<str:code>/answers/", pasting.answers, name="answers"),
    path("transfers/sheets/", sheets.sheets, name="sheets"),
    path("transfers/sheets/<str:code>/", sheets.sheet, name="sheet"),
    path("transfers/sheets/<str:code>/print/", sheets.print_sheet, name="sheet_print"),
    path("transfers/sheets/<str:code>/file/", sheets.sheet_file, name="sheet_file"),
    path("transfers/sheets/<str:code>/over/", sheets.hand_over, name="sheet_over"),
    path("transfers/<str:code>/", transfers.transfer, name="transfer"),
    path("transfers/<str:code>/<slug:verb>/", transfers.step, name="transfer_step"),
]
