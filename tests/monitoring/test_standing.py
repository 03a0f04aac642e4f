"""Which page of a rule counts."""

import pytest
from django.utils import timezone

from supervision.monitoring import standing
from supervision.monitoring.models import RulePage, Standing
from supervision.monitoring.rulebook import rulebook

RULE = "drug_sex_restricted"


def test_a_published_page_that_cannot_be_read_any_more_takes_its_rule_out_and_no_other(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    page = RulePage.objects.create(rule=RULE, hash="f" * 64, text="was a page under older rules for pages")
    Standing.objects.create(rule=RULE, page=page, version=1, stage=Standing.Stage.IN_FORCE, since=timezone.now())
    assert rulebook().keys() - standing.in_force().keys() == {RULE}
    assert RULE in caplog.text
