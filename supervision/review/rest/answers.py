"""The form of what is answered: a review, what was chosen, the rules of a moment, a refusal."""

from typing import Any

from rest_framework import serializers

from supervision.review.models import Handling, Review


class BothTongues(serializers.Serializer[Any]):
    zh = serializers.CharField()
    en = serializers.CharField()


class RemarkedLine(serializers.Serializer[Any]):
    id = serializers.CharField()
    role = serializers.ChoiceField(["accused", "involved"])
    at_stake = serializers.DecimalField(max_digits=18, decimal_places=2)


class RemarkAnswer(serializers.Serializer[Any]):
    """What one rule says: a reminder or a doubt, no accusation."""

    number = serializers.CharField()
    rule = serializers.CharField()
    title = BothTongues()
    sentence = BothTongues()
    basis = BothTongues()
    certainty = serializers.ChoiceField(["certain", "high", "low", "remind", "lead"])
    severity = serializers.RegexField(r"^S[1-4]$")
    way = serializers.ChoiceField(Handling.Way.choices, help_text="block: it cannot go on. ask: only with a reason.")
    at_stake = serializers.DecimalField(max_digits=18, decimal_places=2)
    lines = RemarkedLine(many=True)


class ChosenRemark(RemarkAnswer):
    """The same, with what the doctor did about it."""

    choice = serializers.ChoiceField(["", "obeyed", "overrode"], help_text="Empty: nobody has said it yet.")
    reason = serializers.CharField(allow_blank=True)


class ReviewAnswer(serializers.Serializer[Any]):
    id = serializers.CharField()
    moment = serializers.ChoiceField(Review.Moment.choices)
    reviewed = serializers.BooleanField(help_text="False: nobody could review in time; it is done afterwards.")
    asked_at = serializers.DateTimeField(allow_null=True)
    blocked = serializers.BooleanField(help_text="Whether a remark of it blocks.")
    remarks = RemarkAnswer(many=True)


class KeptReview(ReviewAnswer):
    remarks = ChosenRemark(many=True)


class ChoicesAnswer(serializers.Serializer[Any]):
    id = serializers.CharField()
    kept = serializers.BooleanField(help_text="False: it is kept as soon as the database answers again.")


class RuleAnswer(serializers.Serializer[Any]):
    """A rule that is asked at the moment."""

    rule = serializers.CharField()
    title = BothTongues()
    basis = BothTongues()
    about = BothTongues()
    innocent = BothTongues()
    certainty = serializers.CharField()
    severity = serializers.CharField()
    way = serializers.ChoiceField(Handling.Way.choices)


class RulesAnswer(serializers.Serializer[Any]):
    moment = serializers.ChoiceField(Review.Moment.choices)
    rules = RuleAnswer(many=True)


class Fault(serializers.Serializer[Any]):
    field = serializers.CharField(allow_blank=True, help_text="As in encounter.lines[0].quantity; empty: all of it.")
    reason = serializers.CharField()


class Refusal(serializers.Serializer[Any]):
    faults = Fault(many=True)
