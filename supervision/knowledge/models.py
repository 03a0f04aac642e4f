"""The knowledge base: lists of points that rules consult, each point with its basis, source, place and time."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class List(models.Model):
    """A list, as supervision/knowledge/lists.toml defines it; a rule reads it as the relation k_<name>."""

    name = models.CharField(_("name"), max_length=40, primary_key=True)
    title_en = models.CharField(_("English name"), max_length=120)
    title_zh = models.CharField(_("Chinese name"), max_length=120)

    class Meta:
        ordering = ["name"]
        verbose_name = _("knowledge list")
        verbose_name_plural = _("knowledge lists")

    def __str__(self) -> str:
        return self.name


class KnowledgeBatch(models.Model):
    """One loading of knowledge; its number is the knowledge version from then on."""

    number = models.BigAutoField(_("number"), primary_key=True)
    digest = models.CharField(_("hash"), max_length=64)
    folder = models.CharField(_("folder"), max_length=200, db_index=True)  # what a later folder of this name replaces
    loaded_at = models.DateTimeField(_("moment"), auto_now_add=True)
    points = models.PositiveIntegerField(_("knowledge points"), default=0)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("loading of knowledge")
        verbose_name_plural = _("loadings of knowledge")

    def __str__(self) -> str:
        return f"{self.number}"


class Point(models.Model):
    """One knowledge point. `key` is what it speaks about (an item, a pair); at most one a key, place and day."""

    list = models.ForeignKey(List, models.PROTECT, related_name="points", verbose_name=_("knowledge list"))
    point = models.CharField(_("number"), max_length=40)
    key = models.CharField(_("what it speaks about"), max_length=200)
    values = models.JSONField(_("values"))  # the list's own columns
    place = models.CharField(_("place"), max_length=6)  # '000000' everywhere, else a province or pooling area
    valid = DateRangeField(_("valid"))  # both ends open where nothing is said; stored as [since, until)
    basis = models.TextField(_("legal basis"), blank=True)
    source = models.TextField(_("source"))
    verified = models.CharField(_("how sure"), max_length=200)
    batch = models.ForeignKey(KnowledgeBatch, models.PROTECT, related_name="loaded")
    ended_by = models.ForeignKey(KnowledgeBatch, models.PROTECT, null=True, blank=True, related_name="ended")

    class Meta:
        ordering = ["list", "key", "place"]
        verbose_name = _("knowledge point")
        verbose_name_plural = _("knowledge points")
        constraints = [
            ExclusionConstraint(
                name="one_point_a_day",
                expressions=[
                    ("list", RangeOperators.EQUAL),
                    ("key", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_by__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.point}"


class Range(models.Model):
    """A range of codes in a named code list: low <= code < high. 'C34' is ('C34', 'C35')."""

    list = models.CharField(_("code list"), max_length=60, db_index=True)
    low = models.CharField(_("from"), max_length=40)
    high = models.CharField(_("to below"), max_length=40)
    source = models.TextField(_("source"))
    batch = models.ForeignKey(KnowledgeBatch, models.PROTECT, related_name="ranges")
    ended_by = models.ForeignKey(KnowledgeBatch, models.PROTECT, null=True, blank=True, related_name="ended_ranges")

    class Meta:
        verbose_name = _("range of codes")
        verbose_name_plural = _("ranges of codes")

    def __str__(self) -> str:
        return f"{self.list}: {self.low} to {self.high}"
