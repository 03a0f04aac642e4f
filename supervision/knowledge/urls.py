from django.urls import path

from . import views

app_name = "knowledge"

urlpatterns = [
    path("", views.lists, name="lists"),
    path("lists/<slug:code>/", views.one_list, name="list"),
    path("lists/<slug:code>/export.<str:form>", views.export, name="export"),
    path("points/<int:number>/", views.point, name="point"),
    path("compare/", views.compare, name="compare"),
    path("batches/", views.batches, name="batches"),
    path("batches/new/", views.new, name="new"),
    path("batches/<int:number>/", views.batch, name="batch"),
    path("batches/<int:number>/rejects.csv", views.rejects, name="rejects"),
    path("batches/<int:number>/decide/", views.decide, name="decide"),
    path("batches/<int:number>/take-back/", views.take_back, name="take_back"),
]
