from django.urls import path

from .views import campaigns, reports

app_name = "selfchecks"
urlpatterns = [
    path("", campaigns.campaigns, name="campaigns"),
    path("new/", campaigns.new, name="new"),
    path("reports/<str:number>/", reports.report, name="report"),
    path("reports/<str:number>/move/", reports.move, name="move_report"),
    path("<str:number>/", campaigns.campaign, name="campaign"),
    path("<str:number>/move/", campaigns.move, name="move"),
    path("<str:number>/problems/", campaigns.add_problem, name="add_problem"),
    path("<str:number>/localise/", campaigns.localise, name="localise"),
]
