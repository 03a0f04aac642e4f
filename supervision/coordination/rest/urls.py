from django.contrib.auth.decorators import login_not_required
from django.urls import path

from . import views

app_name = "departments"
# Nobody is signed in: each request is signed by a key of its department.
urlpatterns = [
    path("packages/", login_not_required(views.Packages.as_view()), name="packages"),
    path("packages/<str:number>/", login_not_required(views.OnePackage.as_view()), name="package"),
    path("packages/<str:number>/acknowledge/", login_not_required(views.Acknowledge.as_view()), name="acknowledge"),
    path("packages/<str:number>/return/", login_not_required(views.Return.as_view()), name="return"),
    path("packages/<str:number>/answer/", login_not_required(views.Answered.as_view()), name="answer"),
    path("leads/", login_not_required(views.Leads.as_view()), name="leads"),
    path("leads/<str:id>/", login_not_required(views.OneLead.as_view()), name="lead"),
]
