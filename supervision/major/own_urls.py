from django.urls import path

from .views import own

app_name = "own_major"
urlpatterns = [
    path("", own.interviews, name="interviews"),
    path("<str:number>/", own.interview, name="interview"),
    path("<str:number>/move/", own.move, name="move"),
]
