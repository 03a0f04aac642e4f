from django.urls import path

from . import figures, front, journey, standing

app_name = "public"
urlpatterns = [
    path("", front.front, name="front"),
    path("how-reporting-works/", journey.journey, name="journey"),
    path("reporting-figures/", figures.figures, name="figures"),
    path("public-institutions/", standing.institutions, name="institutions"),
]
