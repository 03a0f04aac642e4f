"""The administrators' pages: reference data, parties, accounts, and what two of them decide."""

from django.contrib import admin
from django.contrib.auth.models import Group

from institutions.admin import accounts, asked, parties
from institutions.admin.recorded import Recorded

__all__ = ["Recorded", "accounts", "asked", "parties"]

admin.site.unregister(Group)  # duties take the place of groups
