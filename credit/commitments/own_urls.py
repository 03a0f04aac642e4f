from django.urls import path

from .views import own

app_name = "own_commitments"
urlpatterns = [
    path("", own.commitments, name="commitments"),
    path("<str:number>/", own.commitment, name="commitment"),
    path("<str:number>/move/", own.move, name="move"),
]
