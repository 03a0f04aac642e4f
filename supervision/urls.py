"""Addresses, by app. Everything asks for a sign-in unless its view is marked `login_not_required`."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from supervision.api.schema import Schema

urlpatterns = [
    path("language/", login_not_required(set_language), name="set_language"),
    path("", include("supervision.complaints.public.urls")),
    path("cases-exposed/", include("supervision.complaints.exposure.public_urls")),
    path("", include("institutions.urls")),
    path("", include("claims.urls")),
    path("desk/", include("reporting.urls")),
    path("desk/", include("reporting.work.urls")),
    path("desk/", include("supervision.monitoring.urls")),
    path("desk/laboratory/", include("supervision.laboratory.urls")),
    path("desk/knowledge/", include("supervision.knowledge.urls")),
    path("desk/institutions/", include("reporting.institution_urls")),
    path("desk/documents/", include("reporting.documents.desk_urls")),
    path("institution/desk/", include("reporting.own.urls")),
    path("institution/documents/", include("reporting.documents.own_urls")),
    path("desk/ledger/", include("supervision.ledger.urls")),
    path("institution/ledger/", include("supervision.ledger.own_urls")),
    path("desk/practitioners/", include("credit.points.urls")),
    path("institution/practitioners/", include("credit.points.own_urls")),
    path("desk/credit/", include("credit.urls")),
    path("institution/credit/", include("credit.own_urls")),
    path("credit-grades/", include("credit.public_urls")),
    path("desk/commitments/", include("credit.commitments.urls")),
    path("institution/commitments/", include("credit.commitments.own_urls")),
    path("desk/hearing/", include("supervision.hearing.urls")),
    path("institution/findings/", include("supervision.hearing.institution.urls")),
    path("desk/cases/", include("supervision.cases.urls")),
    path("desk/complaints/", include("supervision.complaints.urls")),
    path("desk/exposure/", include("supervision.complaints.exposure.urls")),
    path("desk/supervisors/", include("supervision.complaints.supervisors.urls")),
    path("", include("supervision.complaints.rewards.urls")),
    path("", include("supervision.designation.urls")),
    path("designated/", include("reporting.objections.urls")),
    path("report/", include("supervision.complaints.portal.urls")),
    path("desk/identities/", include("supervision.complaints.vault.urls")),
    path("fund-figures/", include("supervision.payments.public_urls")),
    path("desk/", include("supervision.payments.urls")),
    path("institution/", include("supervision.payments.own_urls")),
    path("desk/self-correction/", include("supervision.selfchecks.urls")),
    path("institution/self-correction/", include("supervision.selfchecks.own_urls")),
    path("desk/major-issues/", include("supervision.major.urls")),
    path("institution/interviews/", include("supervision.major.own_urls")),
    path("institution/", include("supervision.review.institution.urls")),
    path("desk/review/", include("supervision.review.regulators.urls")),
    path("report/files/", include("supervision.complaints.gate.urls")),
    path("api/", include("supervision.review.urls")),
    path("api/review/", include("supervision.review.rest.urls")),
    path("api/schema/", login_not_required(Schema.as_view()), name="schema"),
    path("admin/", admin.site.urls),
]
