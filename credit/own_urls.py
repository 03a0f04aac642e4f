from django.urls import path

from .views import own

app_name = "own_credit"
urlpatterns = [
    path("", own.own, name="own"),
    path("what-if/", own.what_if, name="what_if"),
    path("evaluations/<str:number>/move/", own.move, name="move"),
    path("records/<int:number>/repair/", own.ask_repair, name="ask_repair"),
]
