from django.urls import path

from . import following, reporting

app_name = "portal"
urlpatterns = [
    path("", reporting.report, name="report"),
    path("kept/", reporting.kept, name="kept"),
    path("follow/", following.follow, name="follow"),
    path("follow/act/", following.act, name="act"),
    path("acknowledgement/", following.acknowledgement, name="acknowledgement"),
    path("acknowledgement/verify/", following.verify, name="verify"),
]
