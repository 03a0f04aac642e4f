"""What the public page tells of complaints: counted up to a quarter's end, and no small number among it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from institutions.models import Division


class Figure(models.Model):
    """One year of one place. A count that is null is one to four, or would give such a one away."""

    year = models.PositiveSmallIntegerField(_("year"))
    place = models.ForeignKey(Division, models.CASCADE, related_name="+")
    until = models.DateField(_("counted until"))  # the last day of a quarter
    received = models.PositiveIntegerField(null=True)
    # Of what was received:
    in_time = models.PositiveIntegerField(null=True)
    late = models.PositiveIntegerField(null=True)
    # And again:
    true = models.PositiveIntegerField(null=True)
    not_true = models.PositiveIntegerField(null=True)
    settled = models.PositiveIntegerField(null=True)
    not_accepted = models.PositiveIntegerField(null=True)
    passed_on = models.PositiveIntegerField(null=True)
    joined = models.PositiveIntegerField(null=True)
    under_way = models.PositiveIntegerField(null=True)
    rewards = models.PositiveIntegerField(null=True)
    rewarded = models.DecimalField(max_digits=18, decimal_places=2, null=True)  # yuan

    class Meta:
        ordering = ["-year", "place"]
        constraints = [models.UniqueConstraint(fields=["year", "place"], name="one_row_of_figures_a_year_and_place")]

    def __str__(self) -> str:
        return f"{self.year} {self.place_id}"
