"""Addresses of the instance as a whole."""

from django.urls import path

from shangliang.instance.views import example

app_name = "instance"
urlpatterns = [path("office/example/remove/", example.remove, name="remove_example")]
