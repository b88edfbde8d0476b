from django.urls import path

from shangliang.delivery.views import assignments, helping, links, lists, loops, micro, pictures, resident

app_name = "delivery"

urlpatterns = [
    path("delivery/", assignments.assignments, name="assignments"),
    path("delivery/awaiting/", assignments.awaiting, name="awaiting"),
    path("delivery/assign/<str:code>/", assignments.assign, name="assign"),
    path("delivery/follow-ups/", loops.follow_ups, name="follow_ups"),
    path("delivery/follow-ups/<str:code>/", loops.follow_up, name="follow_up"),
    path("delivery/look-backs/", loops.look_backs, name="look_backs"),
    path("delivery/look-backs/<str:code>/", loops.look_back, name="look_back"),
    path("delivery/evidence/<str:name>", assignments.evidence, name="evidence"),
    path("delivery/picture/<str:code>/<str:name>/", pictures.shown, name="shown_picture"),
    path("delivery/<str:code>/", assignments.assignment, name="assignment"),
    path("delivery/<str:code>/link/", assignments.link, name="link"),
    path("delivery/<str:code>/co-unit/", helping.co_unit, name="co_unit"),
    path("delivery/<str:code>/<str:name>/", assignments.step, name="step"),
    path("u/<str:token>/picture/<str:name>/", pictures.shown_by_link, name="link_picture"),
    path("u/<str:token>/", links.by_link, name="by_link"),
    path("u/<str:token>/<str:name>/", links.link_step, name="link_step"),
    path("lists/", lists.lists, name="lists"),
    path("lists/micro/new/", micro.micro, name="micro"),
    path("lists/<str:code>/", lists.lists_of_one, name="lists_of"),
    path("lists/<str:code>/xlsx/", lists.lists_xlsx, name="lists_xlsx"),
    path("lists/<str:code>/ask-verdicts/", loops.ask_for_verdicts, name="ask_for_verdicts"),
    path("lists/<str:code>/close/", loops.close_consultation, name="close_consultation"),
    path("lists/<str:code>/close/<str:matter_code>/", loops.close_matter, name="close_matter"),
    path("receipt/verdict/", resident.verdict, name="verdict"),
    path("receipt/verdict/picture/<str:name>", resident.verdict_picture, name="verdict_picture"),
]
