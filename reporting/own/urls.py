from django.urls import path

from . import views

app_name = "own_desk"

urlpatterns = [path("", views.desk, name="desk")]
