"""Which package answers which addresses: mounts only. Every package writes its own addresses in full.

The order is the order of the packages; `portal` stands last, since its addresses begin with a committee's name.
"""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    *(path("", include(f"{app}.urls")) for app in settings.OUR_APPS if find_spec(f"{app}.urls")),
]
handler500 = "shangliang.people.views.errors.server_error"
