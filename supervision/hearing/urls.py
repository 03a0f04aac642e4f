from django.urls import path

from .views import deciding, files, hearings, packs, together

app_name = "hearing"

urlpatterns = [
    path("", hearings.hearings, name="hearings"),
    path("take-up/", together.take_up, name="take_up"),
    path("together/", together.decide, name="decide"),
    path("together/<int:number>/", together.bulk, name="bulk"),
    path("together/<int:number>/progress/", together.bulk, {"fragment": True}, name="bulk_progress"),
    path("<int:number>/", hearings.hearing, name="hearing"),
    path("<int:number>/pack.zip", packs.pack, name="pack"),
    path("<int:number>/files/", files.attach, name="attach"),
    path("files/<int:number>/", files.download, name="file"),
    path("<int:number>/move/", deciding.move, name="move"),
]
