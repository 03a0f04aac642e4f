"""The front page: for whoever is signed in the way to their desk, for everybody else the doors of the public."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from institutions.models import Account
from institutions.views.door import home

READING = ("GET", "HEAD")


@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, Account):
        return home(request)
    if request.method not in READING:
        return HttpResponseNotAllowed(READING)
    return render(request, "public/front.html")
