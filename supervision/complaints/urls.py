from django.urls import path

from .views import complaint, evidence, listing, retention

app_name = "complaints"
urlpatterns = [
    path("", listing.complaints, name="complaints"),
    path("new/", listing.new, name="new"),
    path("evidence/<int:number>/", evidence.save, name="evidence"),
    path("evidence/<int:number>/show/", evidence.show, name="evidence_show"),
    path("retention/", retention.to_come, name="retention"),
    path("retention/<int:number>/hold/", retention.hold, name="hold_back"),
    path("<str:number>/", complaint.complaint, name="complaint"),
    path("<str:number>/move/", complaint.move, name="move"),
    path("<str:number>/write/", complaint.write, name="write"),
]
