from django.urls import path

from . import views

urlpatterns = [
    path("", views.files, name="gate_files"),
    path("challenge/", views.challenge, name="gate_challenge"),
    path("<str:token>/", views.file, name="gate_file"),
]
