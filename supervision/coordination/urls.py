from django.urls import path

from .views import packages

app_name = "coordination"
urlpatterns = [
    path("", packages.packages, name="packages"),
    path("packages/new/", packages.new, name="new"),
    path("packages/<str:number>/", packages.package, name="package"),
    path("packages/<str:number>/move/", packages.move, name="move"),
]
