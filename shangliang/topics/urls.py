"""② Addresses of the topic bank."""

from django.urls import path

from shangliang.topics.views import bank, one, settings

app_name = "topics"
urlpatterns = [
    path("topics/", bank.bank, name="bank"),
    path("topics/table.xlsx", bank.xlsx, name="xlsx"),
    path("topics/new/", bank.new, name="new"),
    path("topics/forms/", settings.all_forms, name="forms"),
    path("topics/forms/<slug:key>/", settings.one_form, name="form"),
    path("topics/<str:code>/", one.one, name="one"),
    path("topics/<str:code>/<slug:name>/", one.step, name="step"),
]
