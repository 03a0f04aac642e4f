"""Adds up what was asked and remarked by institution and day. Doing it again changes nothing.

An amount is saved where the last word about a finding is that the order was changed. A finding that was remarked on
several times (reminded again, then reviewed) counts once, on the day of its last remark. What two rules remark on is
counted for both. Nobody has looked whether the doctor did as was said: that shows when the claim is settled.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from supervision.locks import one_at_a_time

from .models import AskedTotal

LOCK = 0x746F7461  # 'tota'; a number of our own among PostgreSQL's advisory locks
# No answer takes this long: what was begun before the last count and ended after it is counted now.
OVERLAP = dt.timedelta(minutes=15)

# The days of an institution on which something came or was chosen, and those of earlier remarks about the same claims:
# a later word may take from an earlier day what it had saved.
TOUCHED = """
CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
WITH news AS (
    SELECT message.institution_id AS institution, message.received_at AS at
    FROM review_message AS message WHERE message.received_at >= %(since)s
    UNION ALL
    SELECT message.institution_id, review.asked_at
    FROM review_remark AS remark JOIN review_review AS review ON review.id = remark.review_id
    JOIN review_message AS message ON message.id = review.message_id WHERE remark.chosen_at >= %(since)s
    UNION ALL
    SELECT message.institution_id, earlier.asked_at
    FROM review_review AS review JOIN review_message AS message ON message.id = review.message_id
    JOIN review_review AS earlier ON earlier.claim = review.claim
    WHERE review.asked_at >= %(since)s AND EXISTS (SELECT FROM review_remark WHERE review_id = review.id)
)
SELECT institution, (at AT TIME ZONE %(zone)s)::date AS day FROM news GROUP BY 1, 2
"""
ASKED = """
INSERT INTO review_askedtotal (institution_id, day, messages, reminders, reviews, counted_at)
SELECT touched.institution, touched.day, count(DISTINCT message.id),
    count(review.id) FILTER (WHERE review.moment = 'remind'), count(review.id) FILTER (WHERE review.moment = 'review'),
    %(now)s
FROM touched JOIN review_message AS message ON message.institution_id = touched.institution
    AND message.received_at >= (touched.day::timestamp AT TIME ZONE %(zone)s)
    AND message.received_at < ((touched.day + 1)::timestamp AT TIME ZONE %(zone)s)
LEFT JOIN review_review AS review ON review.message_id = message.id AND review.asked_at >= %(first)s
GROUP BY touched.institution, touched.day
"""
REMARKED = """
INSERT INTO review_remarktotal
    (institution_id, day, moment, rule, reviews, remarks, obeyed, overrode, at_stake, saved)
SELECT touched.institution, touched.day, review.moment, remark.rule, count(DISTINCT review.id), count(*),
    count(*) FILTER (WHERE remark.choice = '2'), count(*) FILTER (WHERE remark.choice = '1'), sum(remark.at_stake),
    coalesce(sum(remark.at_stake) FILTER (WHERE remark.choice = '2' AND NOT EXISTS (
        SELECT FROM review_review AS later JOIN review_remark AS word ON word.review_id = later.id
        WHERE later.claim = review.claim AND word.rule = remark.rule AND word.key = remark.key
            AND (later.asked_at, word.id) > (review.asked_at, remark.id)
    )), 0)
FROM touched JOIN review_message AS message ON message.institution_id = touched.institution
JOIN review_review AS review ON review.message_id = message.id AND review.asked_at >= %(first)s
    AND review.asked_at >= (touched.day::timestamp AT TIME ZONE %(zone)s)
    AND review.asked_at < ((touched.day + 1)::timestamp AT TIME ZONE %(zone)s)
JOIN review_remark AS remark ON remark.review_id = review.id
GROUP BY touched.institution, touched.day, review.moment, remark.rule
"""
FORGET = """
DELETE FROM {table} AS total USING touched
WHERE total.institution_id = touched.institution AND total.day = touched.day
"""
# The planner must know how few days there are, and when they begin: or it reads all that was ever asked.
FIRST = """
SELECT count(*), min(day)::timestamp AT TIME ZONE %(zone)s FROM touched
"""
STEPS = (FORGET.format(table="review_askedtotal"), FORGET.format(table="review_remarktotal"), ASKED, REMARKED)


def add_up(since: dt.datetime | None = None) -> int:
    """Count anew the days that something has happened to since then, or since the last count; how many days."""
    with transaction.atomic(), connection.cursor() as cursor:
        one_at_a_time(LOCK)
        facts: dict[str, Any] = {"since": since or _last(), "now": timezone.now(), "zone": settings.TIME_ZONE}
        cursor.execute(TOUCHED, facts)
        cursor.execute("ANALYZE touched")
        cursor.execute(FIRST, facts)
        days, facts["first"] = cursor.fetchone()
        for statement in STEPS if days else ():
            cursor.execute(statement, facts)
        cursor.execute("DROP TABLE touched")
    return int(days)


def _last() -> dt.datetime:
    counted: dt.datetime | None = AskedTotal.objects.aggregate(at=Max("counted_at"))["at"]
    return counted - OVERLAP if counted else dt.datetime.min.replace(year=1970, tzinfo=dt.UTC)
