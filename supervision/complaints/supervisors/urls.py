from django.urls import path

from . import views

app_name = "supervisors"
urlpatterns = [
    path("", views.library, name="library"),
    path("new/", views.new, name="new"),
    path("<str:number>/", views.supervisor, name="supervisor"),
    path("<str:number>/move/", views.move, name="move"),
    path("<str:number>/write/", views.write, name="write"),
]
