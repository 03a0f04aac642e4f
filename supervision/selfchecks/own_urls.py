from django.urls import path

from .views import own

app_name = "own_selfchecks"
urlpatterns = [
    path("", own.reports, name="reports"),
    path("<str:number>/", own.report, name="report"),
    path("<str:number>/move/", own.move, name="move"),
    path("<str:number>/answer/", own.answer, name="answer"),
    path("<str:number>/lines/", own.add_line, name="add_line"),
    path("<str:number>/lines/drop/", own.drop_line, name="drop_line"),
]
