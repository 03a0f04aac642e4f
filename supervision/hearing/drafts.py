"""Answers that are being written and have not been sent."""

from typing import TYPE_CHECKING

from django.db import models

ACCOUNT = "institutions.Account"


class Draft(models.Model):
    """What the institution means to answer to one line; kept as it is written, seen by nobody else until it is sent."""

    line = models.OneToOneField("hearing.HearingLine", models.CASCADE, related_name="draft")
    answer = models.CharField(max_length=8, blank=True)  # a value of HearingLine.Answer, or nothing yet
    grounds = models.TextField(blank=True)
    turn = models.PositiveIntegerField(default=1)  # times it was written: who writes says which they looked at
    saved_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    if TYPE_CHECKING:
        line_id: int

    class Meta:
        ordering = ["line"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer__in=["", "accepted", "appealed"]), name="draft_answer_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"draft of line {self.line_id}"

    @property
    def is_ready(self) -> bool:
        """Whether it could be sent as it is: an appeal gives its grounds."""
        return bool(self.answer) and (self.answer != "appealed" or bool(self.grounds.strip()))
