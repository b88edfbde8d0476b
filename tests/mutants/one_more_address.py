"""The addresses of the product and one that somebody added without a line in the table."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as those_we_have


def added(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse("ok")


urlpatterns = [path("added/", added, name="added"), *those_we_have]
