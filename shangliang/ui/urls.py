from django.urls import path

from shangliang.ui import views

app_name = "ui"

urlpatterns = [
    path("elder/", views.elder, name="elder"),
    path("language/", views.language, name="language"),
    path("gallery/", views.gallery, name="gallery"),
]
