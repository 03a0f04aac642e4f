from django.urls import path

from .views import own

app_name = "own_inspections"
urlpatterns = [
    path("", own.inspections, name="inspections"),
    path("<str:number>/", own.inspection, name="inspection"),
    path("<str:number>/move/", own.move, name="move"),
    path("<str:number>/answer/", own.answer, name="answer"),
]
