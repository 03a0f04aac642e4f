from django.urls import path

from . import handling, institutions, overview, remarks

app_name = "reminders"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("remarks/", remarks.remarks, name="remarks"),
    path("remarks/export.<str:form>", remarks.export, name="remarks_export"),
    path("institutions/", institutions.institutions, name="institutions"),
    path("institutions/export.<str:form>", institutions.export, name="institutions_export"),
    path("handling/", handling.handlings, name="handlings"),
    path("handling/new/", handling.new, name="handling_new"),
    path("handling/<int:number>/end/", handling.end, name="handling_end"),
]
