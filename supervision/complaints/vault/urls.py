from django.urls import path

from . import views

app_name = "vault"
urlpatterns = [
    path("", views.openings, name="openings"),
    path("ask/", views.ask, name="ask"),
    path("<int:number>/", views.opening, name="opening"),
    path("<int:number>/move/", views.move, name="move"),
    path("<int:number>/read/", views.read, name="read"),
]
