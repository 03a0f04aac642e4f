from django.contrib.auth.decorators import login_not_required
from django.urls import path

from . import views

app_name = "rest"
# Nobody is signed in: each request is signed by a key of its institution.
urlpatterns = [
    path("reviews/", login_not_required(views.Reviews.as_view()), name="reviews"),
    path("reviews/<str:id>/", login_not_required(views.OneReview.as_view()), name="review"),
    path("choices/", login_not_required(views.Choices.as_view()), name="choices"),
    path("rules/", login_not_required(views.Rules.as_view()), name="rules"),
]
