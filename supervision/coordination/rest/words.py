"""What departments' systems send, and what they are answered."""

from typing import Any

from rest_framework import serializers

from supervision.coordination.models import Package
from supervision.coordination.models.leads import State as LeadState
from supervision.coordination.models.packages import State


class ReceiptWords(serializers.Serializer[Any]):
    receipt = serializers.CharField(max_length=120, help_text="The number under which you have taken it on.")


class ReturnWords(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=4000)


class AnswerWords(serializers.Serializer[Any]):
    result = serializers.ChoiceField(Package.Result.choices)
    answer = serializers.CharField(max_length=4000)


class LeadWords(serializers.Serializer[Any]):
    id = serializers.CharField(max_length=60, help_text="Your own number of it. Sent again, it is the same lead.")
    title = serializers.CharField(max_length=200)
    facts = serializers.CharField(max_length=4000)
    institution = serializers.CharField(
        max_length=30, required=False, allow_blank=True, default="", help_text="National code of the institution."
    )
    person = serializers.CharField(
        max_length=60, required=False, allow_blank=True, default="",
        help_text="Code of the insured person or practitioner, never a name. One of the two is needed.",
    )  # fmt: skip


class LeadAnswer(serializers.Serializer[Any]):
    id = serializers.CharField()
    number = serializers.CharField()
    state = serializers.ChoiceField(LeadState.choices)
    result = serializers.CharField(allow_blank=True, help_text="What came of it; empty until it is told.")


class PackageAnswer(serializers.Serializer[Any]):
    """A package without what stands in it."""

    number = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(State.choices)
    purpose = serializers.CharField()
    basis = serializers.CharField()
    given_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True, help_text="By when it is taken on, or answered.")
    expires_on = serializers.DateField(help_text="The last day on which its fields may be read.")
    readable = serializers.BooleanField()


class PackagesAnswer(serializers.Serializer[Any]):
    packages = PackageAnswer(many=True, help_text="The newest first, 200 at the most.")


class FieldAnswer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    value = serializers.CharField(allow_blank=True)


class OnePackageAnswer(PackageAnswer):
    """With its fields, each reading of which is written down; without them once they may not be read."""

    fields_given = FieldAnswer(many=True)
