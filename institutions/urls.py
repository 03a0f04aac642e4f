"""The front door. The administrators' side has no sign-in of its own: one door, one lock-out, one record."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView

from institutions import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", login_not_required(views.SignIn.as_view()), name="sign_in"),
    path("sign-out/", views.SignOut.as_view(), name="sign_out"),
    path("session/", views.session, name="session"),
    path("password/", views.ChangePassword.as_view(), name="password_change"),
    path("admin/login/", login_not_required(RedirectView.as_view(pattern_name="sign_in", query_string=True))),
    path("admin/logout/", views.SignOut.as_view()),
    path("admin/password_change/", RedirectView.as_view(pattern_name="password_change")),
]
