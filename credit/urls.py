from django.urls import path

from .views import acts, enterprises, listing, persons, subject, together

app_name = "credit"
urlpatterns = [
    path("", listing.grades, name="grades"),
    path("enterprises/", enterprises.ratings, name="ratings"),
    path("enterprises/new/", enterprises.new, name="rating_new"),
    path("enterprises/<str:number>/", enterprises.rating, name="rating"),
    path("enterprises/<str:number>/code/", enterprises.code, name="rating_code"),
    path("enterprises/<str:number>/move/", enterprises.move, name="move_rating"),
    path("persons/", persons.persons, name="persons"),
    path("persons/<str:number>/", persons.person, name="person"),
    path("persons/<str:number>/move/", persons.move, name="move_person"),
    path("ready/", together.ready, name="ready"),
    path("showings/", together.show, name="show"),
    path("showings/<int:number>/", together.showing, name="showing"),
    path("showings/<int:number>/progress/", together.showing, {"fragment": True}, name="showing_progress"),
    path("begin/", listing.begin, name="begin"),
    path("institutions/<str:code>/", subject.subject, name="subject"),
    path("evaluations/<str:number>/", acts.evaluation, name="evaluation"),
    path("evaluations/<str:number>/move/", acts.move_evaluation, name="move_evaluation"),
    path("repairs/<str:number>/", acts.repair, name="repair"),
    path("repairs/<str:number>/move/", acts.move_repair, name="move_repair"),
]
