from django.urls import path

from .views import desk, exports

app_name = "points"
urlpatterns = [
    path("", desk.practitioners, name="practitioners"),
    path("export.<str:form>", exports.practitioners, name="export"),
    path("records/export.<str:form>", exports.records, name="export_records"),
    path("records/<str:number>/", desk.record, name="record"),
    path("records/<str:number>/move/", desk.move_record, name="move_record"),
    path("<str:code>/", desk.practitioner, name="practitioner"),
    path("<str:code>/move/", desk.move, name="move"),
    path("<str:code>/propose/", desk.propose, name="propose"),
]
