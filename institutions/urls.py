"""The front door. The administrators' side has no sign-in of its own: one door, one lock-out, one record."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView

from institutions.views import door, own_accounts, second_step

urlpatterns = [
    path("", door.home, name="home"),
    path("sign-in/", login_not_required(door.SignIn.as_view()), name="sign_in"),
    path("sign-in/code/", login_not_required(second_step.code), name="sign_in_code"),
    path("sign-in/set-up/", login_not_required(second_step.set_up), name="sign_in_set_up"),
    path("sign-out/", door.SignOut.as_view(), name="sign_out"),
    path("session/", door.session, name="session"),
    path("password/", door.ChangePassword.as_view(), name="password_change"),
    path("second-factor/", second_step.own, name="second_factor"),
    path("second-factor/fresh/", second_step.fresh, name="fresh_code"),
    path("second-factor/new/", second_step.another, name="second_factor_new"),
    path("institution/accounts/", own_accounts.accounts, name="own_accounts"),
    path("institution/accounts/new/", own_accounts.opening, name="own_account_new"),
    path("institution/accounts/<int:number>/password/", own_accounts.draw_again, name="own_account_password"),
    path("institution/accounts/<int:number>/", own_accounts.change, name="own_account"),
    path("admin/login/", login_not_required(RedirectView.as_view(pattern_name="sign_in", query_string=True))),
    path("admin/logout/", door.SignOut.as_view()),
    path("admin/password_change/", RedirectView.as_view(pattern_name="password_change")),
]
