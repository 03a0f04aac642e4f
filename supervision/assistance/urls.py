from django.urls import path

from .views import requests

app_name = "assistance"
urlpatterns = [
    path("", requests.requests, name="requests"),
    path("new/", requests.new, name="new"),
    path("<str:number>/", requests.request_page, name="request"),
    path("<str:number>/move/", requests.move, name="move"),
    path("<str:number>/claims/", requests.write, name="write"),
]
