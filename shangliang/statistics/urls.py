"""Addresses of the figures."""

from django.urls import path

from shangliang.statistics.views import figures

app_name = "statistics"
urlpatterns = [
    path("figures/", figures.figures, name="figures"),
    path("figures/<str:key>/", figures.figure, name="figure"),
]
