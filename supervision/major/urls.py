from django.urls import path

from .views import contacts, interviews, issues

app_name = "major"
urlpatterns = [
    path("", issues.issues, name="issues"),
    path("new/", issues.new, name="new"),
    path("proposals/leave/", issues.leave, name="leave"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/cross-out/", contacts.cross_out, name="cross_out"),
    path("interviews/", interviews.interviews, name="interviews"),
    path("interviews/new/", interviews.new, name="call_in"),
    path("interviews/<str:number>/", interviews.interview, name="interview"),
    path("interviews/<str:number>/move/", interviews.move, name="move_interview"),
    path("<str:number>/", issues.issue, name="issue"),
    path("<str:number>/move/", issues.move, name="move"),
    path("<str:number>/write/", issues.write, name="write"),
]
