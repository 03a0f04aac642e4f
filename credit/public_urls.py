from django.urls import path

from .views import public

app_name = "grades"
urlpatterns = [
    path("", public.grades, name="grades"),
    path("enterprises/", public.enterprises, name="enterprises"),
]
