from django.urls import path

from .views import own

app_name = "owed"
urlpatterns = [
    path("", own.owed, name="list"),
    path("export.<str:form>", own.export, name="export"),
    path("items/<int:number>/", own.item, name="item"),
]
