from django.urls import path

from .views import own_ratings, public

app_name = "grades"
urlpatterns = [
    path("", public.grades, name="grades"),
    path("enterprises/", public.enterprises, name="enterprises"),
    path("enterprises/own/", own_ratings.own_ratings, name="own_ratings"),
]
