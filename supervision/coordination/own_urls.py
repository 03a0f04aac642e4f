from django.urls import path

from .views import liaison

app_name = "liaison"
urlpatterns = [
    path("", liaison.desk, name="desk"),
    path("packages/<str:number>/", liaison.package, name="package"),
    path("packages/<str:number>/move/", liaison.move, name="move"),
]
