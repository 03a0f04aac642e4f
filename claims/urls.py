from django.urls import path

from . import views

app_name = "claims"

urlpatterns = [
    path("desk/batches/", views.batches, name="batches"),
    path("desk/batches/new/", views.new, name="new"),
    path("desk/batches/<int:number>/", views.batch, name="batch"),
    path("desk/batches/<int:number>/progress/", views.progress, name="progress"),
    path("desk/batches/<int:number>/rejects.csv", views.rejects, name="rejects"),
    path("desk/template/", views.template, name="template"),
    path("desk/template/<str:name>", views.template_file, name="template_file"),
    path("institution/", views.front_door, name="front_door"),
    path("institution/upload/", views.new, name="upload"),
]
