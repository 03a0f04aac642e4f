from django.urls import path

from .views import own

app_name = "own_points"
urlpatterns = [
    path("", own.practitioners, name="practitioners"),
    path("new/", own.new, name="new"),
    path("records/<str:number>/", own.record, name="record"),
    path("records/<str:number>/move/", own.move_record, name="move_record"),
    path("<str:code>/", own.practitioner, name="practitioner"),
    path("<str:code>/end/", own.end, name="end"),
    path("<str:code>/move/", own.move, name="move"),
]
