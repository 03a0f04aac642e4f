"""What is asked and told, in plain words and natural units: yuan with two decimals, quantities as they are."""

import datetime as dt
from typing import Any

from rest_framework import serializers

from supervision.monitoring.terms import ENCOUNTERS
from supervision.review.asking.reading import CATEGORIES
from supervision.review.models import Review

NOT_KNOWN = ("", "0", "-", "默认")  # as a code: to the national interface all of these mean nothing
MOST = 10**10  # yuan: no line of a bill is as much
YEARS = range(1900, 2100)
CHOICES = ("obeyed", "overrode")


class Day(serializers.DateField):
    def to_internal_value(self, value: Any) -> dt.date:
        found: dt.date = super().to_internal_value(value)
        if found.year not in YEARS:
            raise serializers.ValidationError("This day cannot be true.")
        return found


class Moment(serializers.DateTimeField):
    """With an offset, or on Chinese clocks."""

    def to_internal_value(self, value: Any) -> dt.datetime:
        found: dt.datetime = super().to_internal_value(value)
        if found.year not in YEARS:
            raise serializers.ValidationError("This moment cannot be true.")
        return found


class Yuan(serializers.DecimalField):
    def __init__(self, **more: Any) -> None:
        super().__init__(max_digits=12, decimal_places=2, min_value=0, **more)


def optional(most: int, **more: Any) -> serializers.CharField:
    return serializers.CharField(max_length=most, required=False, allow_blank=True, default="", **more)


class LineWords(serializers.Serializer[Any]):
    """A line that was ordered or charged. It names its item by the national code, or by the institution's own."""

    id = serializers.CharField(max_length=50, help_text="Yours; remarks name the line by it.")
    item = optional(50, help_text="National code of the drug, service or consumable.")
    own_item = optional(150, help_text="Your own code, where there is no national one.")
    name = optional(200)
    quantity = serializers.DecimalField(max_digits=14, decimal_places=4, help_text="Above 0.")
    price = serializers.DecimalField(max_digits=16, decimal_places=6, min_value=0, required=False, help_text="Yuan.")
    amount = Yuan(required=False, help_text="Yuan; quantity times price where it is left out.")
    self_paid = Yuan(required=False, help_text="Yuan of it that the member pays in any case.")
    ordered_at = Moment(required=False, help_text="When; the encounter's beginning where it is left out.")
    department = optional(30)
    practitioner = optional(30, help_text="National code of who ordered it.")
    prescription = optional(50, help_text="Lines of one prescription share it.")
    category = serializers.ChoiceField(
        sorted(CATEGORIES), required=False, help_text="National category of charges (med_chrgitm_type)."
    )
    payment_class = serializers.ChoiceField(["A", "B", "C"], required=False, help_text="甲, 乙, 丙.")
    days = serializers.IntegerField(min_value=1, max_value=3650, default=1, help_text="Days that a supply lasts.")
    present = serializers.BooleanField(default=True, help_text="False: an earlier order beside the present one.")

    def validate_id(self, value: str) -> str:
        if value in NOT_KNOWN:
            raise serializers.ValidationError("This is no id.")
        return value

    def validate_quantity(self, value: Any) -> Any:
        if value <= 0:
            raise serializers.ValidationError("Ensure this value is above 0.")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["item"] in NOT_KNOWN and attrs["own_item"] in NOT_KNOWN:
            raise serializers.ValidationError({"item": "Say the item, or your own code of it."})
        if attrs.get("price") is None and attrs.get("amount") is None:
            raise serializers.ValidationError({"amount": "Say the amount, or the price."})
        if (attrs.get("price") or 0) * attrs["quantity"] > MOST:
            raise serializers.ValidationError({"price": f"Quantity times price is more than {MOST:,} yuan."})
        return attrs


class DiagnosisWords(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=30, help_text="ICD-10, as the national edition writes it.")
    name = optional(200)
    main = serializers.BooleanField(default=False)


class OperationWords(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=30, help_text="ICD-9-CM-3, as the national edition writes it.")
    name = optional(500)
    main = serializers.BooleanField(default=False)
    day = Day(required=False)


class MemberWords(serializers.Serializer[Any]):
    number = serializers.CharField(max_length=50, help_text="psn_no.")
    sex = serializers.ChoiceField(["male", "female", "unknown"], default="unknown")
    born = Day(required=False)
    insured_area = serializers.RegexField(r"^[0-9]{6}\Z", required=False, help_text="Division of the pooling area.")


class EncounterWords(serializers.Serializer[Any]):
    """A visit or stay as far as it has gone."""

    number = serializers.CharField(max_length=50, help_text="mdtrt_id.")
    kind = serializers.ChoiceField(list(ENCOUNTERS))
    begun_at = Moment()
    ended_at = Moment(required=False)
    department = optional(30)
    practitioner = optional(30)
    ward = optional(20)
    bed = optional(20)
    insurance = optional(6, help_text="National kind of insurance (insutype), such as 310.")
    diagnoses = serializers.ListField(child=DiagnosisWords(), default=list, max_length=100)
    operations = serializers.ListField(child=OperationWords(), default=list, max_length=100)
    lines = serializers.ListField(child=LineWords(), min_length=1, max_length=5000)

    def validate_lines(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({line["id"] for line in value}) < len(value):
            raise serializers.ValidationError("An id stands on two lines.")
        return value


def id_of_message() -> serializers.RegexField:
    return serializers.RegexField(r"^[0-9A-Za-z._:-]{1,30}\Z", help_text="Yours: the same again counts once.")


class ReviewWords(serializers.Serializer[Any]):
    """An encounter that the rules are asked about."""

    id = id_of_message()
    moment = serializers.ChoiceField(
        Review.Moment.choices, help_text="remind: an order before it stands. review: all of it, before it is settled."
    )
    member = MemberWords()
    encounter = EncounterWords()


class ChoiceWords(serializers.Serializer[Any]):
    remark = serializers.CharField(max_length=40, help_text="The number of the remark.")
    choice = serializers.ChoiceField(CHOICES, help_text="obeyed: the order is changed. overrode: it goes on.")
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["choice"] == "overrode" and not attrs["reason"]:
            raise serializers.ValidationError({"reason": "An order that goes on needs its reason."})
        return attrs


class ChoicesWords(serializers.Serializer[Any]):
    """What doctors did about remarks. A later word about the same remark corrects the earlier one."""

    id = id_of_message()
    choices = serializers.ListField(child=ChoiceWords(), min_length=1, max_length=1000)
