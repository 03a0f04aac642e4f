"""The front door: signing in and out, staying, changing one's password."""

from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from institutions import second_factor, ticket
from institutions.access import signed_in
from institutions.forms import NewPasswordForm, SignInForm
from institutions.lockout import address_of, budget_spent, locked_out
from institutions.models import Account
from supervision.audit.chain import record, storable
from supervision.audit.models import Act
from supervision.sessions import left_of


class SignIn(auth.LoginView):
    form_class = SignInForm
    template_name = "registration/sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        # Asked before a password is hashed: hashing is what a flood of guesses would have us do.
        # In the one spelling that failures are kept under: full-width letters are no other name.
        username = Account.normalize_username(storable(request.POST.get("username", "").strip()))
        if budget_spent(request, username):
            return locked_out(request, username)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """The password is right: on to the code. Nobody is signed in yet."""
        account = Account.objects.get(pk=form.get_user().pk)
        known = second_factor.current(account) is not None
        drawn = None if known else second_factor.draw(account)  # whoever saw an earlier one unconfirmed has lost it
        response = redirect("sign_in_code" if known else "sign_in_set_up")
        ticket.give(response, account, self.get_success_url(), drawn)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        if not getattr(self.request, "axes_locked_out", False):  # then lockout.answer says and records it
            record(Act.SIGN_IN_REFUSED, form.data.get("username", ""), address=address_of(self.request))
        return super().form_invalid(form)


class SignOut(auth.LogoutView):
    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        account = request.user
        response = super().post(request, *args, **kwargs)
        record(Act.SIGN_OUT, account)
        return response


class ChangePassword(auth.PasswordChangeView):
    form_class = NewPasswordForm
    template_name = "registration/password_change.html"
    success_url = reverse_lazy("home")

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except second_factor.CodesSpent:
            return locked_out(request, signed_in(request).username)

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        response = super().form_valid(form)
        Account.objects.filter(pk=form.user.pk).update(first_password_at=None)
        messages.success(self.request, _("The password has been changed. Other sign-ins of yours have ended."))
        record(Act.PASSWORD, signed_in(self.request), signed_in(self.request).username)
        return response


@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """What is left of the sign-in. Whoever posts stays, as with any other request; whoever only looks does not."""
    return JsonResponse(asdict(left_of(request.session)))


def home(request: HttpRequest) -> HttpResponse:
    """To the front door of who asks."""
    account = signed_in(request)
    if account.at_desk:
        return redirect("reporting:dashboard")
    if account.institution_id:
        return redirect("own_desk:desk")
    if account.at_liaison:
        return redirect("liaison:desk")
    return redirect("admin:index" if account.is_staff else "password_change")
