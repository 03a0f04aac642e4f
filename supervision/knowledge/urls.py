from django.urls import path

from .views import batches, points

app_name = "knowledge"

urlpatterns = [
    path("", points.lists, name="lists"),
    path("lists/<slug:code>/", points.one_list, name="list"),
    path("lists/<slug:code>/export.<str:form>", points.export, name="export"),
    path("points/<int:number>/", points.point, name="point"),
    path("compare/", batches.compare, name="compare"),
    path("batches/", batches.batches, name="batches"),
    path("batches/new/", batches.new, name="new"),
    path("batches/<int:number>/", batches.batch, name="batch"),
    path("batches/<int:number>/rejects.csv", batches.rejects, name="rejects"),
    path("batches/<int:number>/decide/", batches.decide, name="decide"),
    path("batches/<int:number>/take-back/", batches.take_back, name="take_back"),
]
