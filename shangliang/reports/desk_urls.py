"""Addresses of the office: the desk, points, entries for somebody, the officers' queue. Included by urls.py."""

from django.urls import path

from shangliang.reports.views import contact, desk, entry, matters, officers, points, screening

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/bulk/", screening.bulk, name="desk_bulk"),
    path("desk/undo/", screening.undo, name="desk_undo"),
    path("desk/enter/", entry.enter, name="enter"),
    path("desk/<str:code>/", desk.desk, name="desk_report"),
    path("desk/<str:code>/beside/", screening.join_beside, name="desk_join_beside"),
    path("desk/<str:code>/contact/", contact.ask_contact, name="ask_contact"),
    path("desk/<str:code>/contact/open/", contact.open_contact, name="open_contact"),
    path("desk/<str:code>/hold/", screening.hold, name="desk_hold"),
    path("desk/<str:code>/undo/", screening.undo, name="desk_undo_one"),
    path("desk/<str:code>/<slug:verb>/", screening.desk_move, name="desk_move"),
    path("matters/", matters.matters, name="matters"),
    path("matters/<str:code>/end/", matters.end, name="matter_end"),
    path("points/", points.points, name="points"),
    path("points/new/", points.point_new, name="point_new"),
    path("points/<str:code>/poster/", points.poster, name="poster"),
    path("points/<str:code>/<slug:verb>/", points.point_move, name="point_move"),
    path("officers/", officers.officer_queue, name="officer_queue"),
    path("officers/<str:code>/", officers.officer_report, name="officer_report"),
    path("officers/<str:code>/release/", officers.officer_release, name="officer_release"),
]
