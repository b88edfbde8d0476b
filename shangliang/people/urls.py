"""Addresses of signing in, of the office, of the start; the first page is also called plainly "home"."""

from django.urls import path

from shangliang.people.views import ledger, office, preferences, sign_in, start

app_name = "people"
urlpatterns = [
    path("", start.home, name="home"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("act-as/", sign_in.act_as, name="act_as"),
    path("invite/<str:token>/", sign_in.invite, name="invite"),
    path("inbox/", sign_in.inbox, name="inbox"),
    path("inbox/digest/", preferences.digest, name="digest"),
    path("account/password/", sign_in.password, name="password"),
    path("office/", office.office, name="office"),
    path("office/people/link/", office.link_again, name="link_again"),
    path("office/people/end/", office.end_appointment, name="end_appointment"),
    path("office/places/", office.places, name="places"),
    path("office/units/", office.units, name="units"),
    path("office/units/one/", office.unit, name="unit"),
    path("office/settings/", preferences.settings, name="settings"),
    path("office/days/", preferences.days, name="days"),
    path("office/days/drop/", preferences.drop_day, name="drop_day"),
    path("office/days/<int:year>/confirm/", preferences.confirm_year, name="confirm_year"),
    path("office/background/", preferences.background, name="background"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("start/", start.start, name="start"),
    path("start/places/", start.start_places, name="start_places"),
    path("start/people/", start.start_people, name="start_people"),
    path("start/work/", start.start_work, name="start_work"),
    path("start/point/", start.start_point, name="start_point"),
]
