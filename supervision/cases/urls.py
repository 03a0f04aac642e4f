from django.urls import path

from .views import case, listing, pack, proceeding

app_name = "cases"
urlpatterns = [
    path("", listing.cases, name="cases"),
    path("new/", listing.new, name="new"),
    path("proceedings/<str:number>/", proceeding.proceeding, name="proceeding"),
    path("proceedings/<str:number>/move/", proceeding.move, name="move_proceeding"),
    path("<str:number>/", case.case, name="case"),
    path("<str:number>/pack.zip", pack.pack, name="pack"),
    path("<str:number>/move/", case.move, name="move"),
    path("<str:number>/begin/", case.begin, name="begin"),
    path("<str:number>/officers/", case.officers, name="officers"),
    path("<str:number>/findings/", case.findings, name="findings"),
]
