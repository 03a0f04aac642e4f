from django.urls import path

from . import views

app_name = "objections"
urlpatterns = [
    path("publicised/<str:number>/object/", views.object_to, name="object"),
    path("objections/", views.follow, name="follow"),
]
