"""The pages that everybody reads: of cases that were exposed."""

from django.urls import path

from .views import public

app_name = "exposed"
urlpatterns = [
    path("", public.cases, name="cases"),
    path("<str:number>/", public.case, name="case"),
    path("<str:number>/error/", public.error, name="error"),
]
