"""The administrators' side: Django's admin behind our own sign-in."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote

from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _


class Site(AdminSite):
    site_title = site_header = _("Fund supervision")
    index_title = _("Administration")

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """For whoever does not administer, these pages do not exist."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.has_permission(request):
                raise Http404
            if "\0" in unquote(request.META.get("QUERY_STRING", "")):
                raise BadRequest("a zero character, which its filters would pass on to the database")
            response: HttpResponseBase = inner(request, *args, **kwargs)
            return response

        return guarded
