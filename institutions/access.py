"""Whose door it is, and which duty an act asks for."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def desk_page(view: View[P]) -> View[P]:
    """Only for regulators and agencies; for others the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not signed_in(request).at_desk:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def institution_page(view: View[P]) -> View[P]:
    """Only for accounts of an institution; for others the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not signed_in(request).institution_id:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def liaison_page(view: View[P]) -> View[P]:
    """Only for liaisons of other departments; for others the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not signed_in(request).at_liaison:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def duty_required(duty: Duty, *others: Duty) -> Callable[[View[P]], View[P]]:
    """An act that asks for a duty, or one of several. Who tries without is refused, and that is written down."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            account = signed_in(request)
            if not any(account.holds(one) for one in (duty, *others)):
                record(Act.DENIAL, account, request.path, duty=duty.value, method=request.method or "")
                raise PermissionDenied(duty.label)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def signed_in(request: HttpRequest) -> Account:
    """Who asks. Middleware has turned everybody else away already."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user
