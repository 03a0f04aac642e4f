"""Addresses, by app. Everything asks for a sign-in unless its view is marked `login_not_required`."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("language/", login_not_required(set_language), name="set_language"),
    path("", include("institutions.urls")),
    path("", include("claims.urls")),
    path("desk/", include("reporting.urls")),
    path("desk/", include("supervision.monitoring.urls")),
    path("desk/laboratory/", include("supervision.laboratory.urls")),
    path("desk/knowledge/", include("supervision.knowledge.urls")),
    path("desk/institutions/", include("reporting.institution_urls")),
    path("api/", include("supervision.review.urls")),
    path("admin/", admin.site.urls),
]
