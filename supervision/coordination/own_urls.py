from django.urls import path

from .views import connection, liaison

app_name = "liaison"
urlpatterns = [
    path("", liaison.desk, name="desk"),
    path("packages/<str:number>/", liaison.package, name="package"),
    path("packages/<str:number>/move/", liaison.move, name="move"),
    path("leads/new/", liaison.new_lead, name="new_lead"),
    path("leads/<str:number>/", liaison.lead, name="lead"),
    path("tasks/<str:number>/", liaison.task, name="task"),
    path("tasks/<str:number>/move/", liaison.move_task, name="move_task"),
    path("connection/", connection.connection, name="connection"),
    path("connection/keys/", connection.open_key, name="open_key"),
    path("connection/keys/close/", connection.close_key, name="close_key"),
    path("connection/address/", connection.set_address, name="set_address"),
]
