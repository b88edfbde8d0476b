"""② Addresses of the weekly list and of the season page."""

from django.urls import path

from shangliang.hotspots.views import deciding, one, season, week

app_name = "hotspots"
urlpatterns = [
    path("hotspots/", week.week, name="week"),
    path("hotspots/table.xlsx", week.xlsx, name="xlsx"),
    path("hotspots/print/", week.print_view, name="print"),
    path("hotspots/look/", week.look, name="look"),
    path("hotspots/season/", season.season, name="season"),
    path("hotspots/season/print/", season.print_view, name="season_print"),
    path("hotspots/<str:code>/", one.one, name="one"),
    path("hotspots/<str:code>/topic/", deciding.topic, name="topic"),
    path("hotspots/<str:code>/aside/", deciding.aside, name="aside"),
    path("hotspots/<str:code>/back/", deciding.back, name="back"),
]
