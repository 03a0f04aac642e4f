from django.urls import path

from . import views

app_name = "work"

urlpatterns = [
    path("work/", views.mine, name="mine"),
    path("work/hand-over/", views.hand_over_all, name="hand_over"),
    path("clocks/", views.clocks, name="clocks"),
    path("clocks/limits/", views.limits, name="limits"),
    path("clocks/calendar/", views.calendar, name="calendar"),
    path("clocks/<int:number>/", views.clock, name="clock"),
    path("clocks/<int:number>/change/", views.change, name="change"),
]
