from django.urls import path

from .views import leads, meetings, packages

app_name = "coordination"
urlpatterns = [
    path("", packages.packages, name="packages"),
    path("packages/new/", packages.new, name="new"),
    path("packages/<str:number>/", packages.package, name="package"),
    path("packages/<str:number>/move/", packages.move, name="move"),
    path("leads/", leads.leads, name="leads"),
    path("leads/<str:number>/", leads.lead, name="lead"),
    path("leads/<str:number>/move/", leads.move, name="move_lead"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.new, name="new_meeting"),
    path("meetings/<str:number>/", meetings.meeting, name="meeting"),
    path("meetings/<str:number>/move/", meetings.move, name="move_meeting"),
    path("meetings/<str:number>/tasks/", meetings.add_task, name="add_task"),
    path("tasks/<str:number>/", meetings.task, name="task"),
    path("tasks/<str:number>/move/", meetings.move_task, name="move_task"),
]
