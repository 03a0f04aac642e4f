from django.urls import path

from .views import desk

app_name = "commitments"
urlpatterns = [
    path("", desk.commitments, name="commitments"),
    path("new/", desk.new, name="new"),
    path("<str:number>/", desk.commitment, name="commitment"),
    path("<str:number>/move/", desk.move, name="move"),
]
