from django.urls import path

from .views import public

app_name = "public_inspections"
urlpatterns = [
    path("", public.inspections, name="inspections"),
    path("plans/<str:number>/", public.plan, name="plan"),
    path("draws/<str:number>/", public.draw, name="draw"),
]
