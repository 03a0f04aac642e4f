"""What institutions promise, for administrators: a text that changes gets a version of its own."""

from django.contrib import admin
from django.http import HttpRequest

from supervision.cases.admin import Valid

from .models import Commitment, CommitmentTemplate


@admin.register(CommitmentTemplate)
class CommitmentTemplateAdmin(Valid):
    list_display = ["code", "version", "about", "title_zh", "days", "verified"]
    list_filter = ["about", "verified"]
    search_fields = ["code", "title_zh", "title_en", "source"]

    def get_readonly_fields(self, request: HttpRequest, obj: CommitmentTemplate | None = None) -> list[str]:
        """A version by which somebody was told stays as it was: it is what they signed."""
        if obj is None or not Commitment.objects.filter(template=obj).exists():
            return []
        return [field.name for field in CommitmentTemplate._meta.fields if field.name not in ("id", "valid")]
