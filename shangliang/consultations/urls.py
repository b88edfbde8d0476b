"""③ Addresses of consultations."""

from django.urls import path

from shangliang.consultations.views import everything, one, steps, suggestion

app_name = "consultations"
urlpatterns = [
    path("consultations/", everything.everything, name="all"),
    path("consultations/table.xlsx", everything.xlsx, name="xlsx"),
    path("consultations/open/<str:code>/", everything.begin, name="open"),
    path("consultations/suggestions/<str:code>/<slug:name>/", suggestion.suggestion, name="suggestion"),
    path("consultations/<str:code>/", one.one, name="one"),
    path("consultations/<str:code>/minutes/", one.minutes, name="minutes"),
    path("consultations/<str:code>/<slug:name>/", steps.step, name="step"),
]
