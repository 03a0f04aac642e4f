from django.urls import path

from .views import desk, errors

app_name = "exposure"
urlpatterns = [
    path("", desk.cases, name="cases"),
    path("new/", desk.new, name="new"),
    path("errors/<int:number>/move/", errors.move, name="answer"),
    path("<str:number>/", desk.case, name="case"),
    path("<str:number>/move/", desk.move, name="move"),
    path("<str:number>/excuse/", desk.excuse, name="excuse"),
]
