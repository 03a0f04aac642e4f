from django.urls import path

from .views import device, samples, visits

app_name = "onsite"
urlpatterns = [
    path("", visits.visits, name="visits"),
    path("new/", visits.new, name="new"),
    path("device/", device.shell, name="device"),
    path("device/worker.js", device.worker, name="worker"),
    path("pictures/<int:number>/", visits.picture, name="picture"),
    path("pictures/<int:number>/taken/", visits.picture_taken, name="picture_taken"),
    path("samples/", samples.samples, name="samples"),
    path("samples/new/", samples.new, name="new_sample"),
    path("samples/<str:number>/", samples.sample, name="sample"),
    path("samples/<str:number>/move/", samples.move, name="move_sample"),
    path("samples/<str:number>/judge/", samples.judge, name="judge"),
    path("<str:number>/", visits.visit, name="visit"),
    path("<str:number>/move/", visits.move, name="move"),
    path("<str:number>/devices/give-up/", visits.give_up, name="give_up"),
    path("<str:number>/device/package/", device.package, name="package"),
    path("<str:number>/device/take-along/", device.take_along, name="take_along"),
    path("<str:number>/device/entries/", device.entries, name="entries"),
    path("<str:number>/device/hand-back/", device.hand_back, name="hand_back"),
]
