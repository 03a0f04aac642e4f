"""The task queue and its timetable."""

import os
from datetime import timedelta

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.settings")

app = Celery("supervision", task_cls="supervision.audit.acting:NamedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# What happens by itself: the task and when. Each repeats safely, so a second beat does no harm.
TIMETABLE: list[tuple[str, crontab | timedelta]] = [
    ("supervision.audit.tasks.note_the_chains_end", timedelta(minutes=5)),
    ("supervision.monitoring.tasks.sweep", timedelta(seconds=10)),
    ("supervision.laboratory.tasks.sweep", timedelta(seconds=15)),
    ("supervision.review.tasks.take_up", timedelta(seconds=15)),
    ("supervision.review.tasks.gather", timedelta(minutes=1)),
    ("supervision.review.tasks.add_up", timedelta(minutes=1)),
    ("supervision.review.tasks.add_up_the_week", crontab(hour="2", minute="40")),
    ("supervision.review.tasks.sweep_self_checks", timedelta(seconds=30)),
    ("supervision.review.tasks.forget_self_checks", crontab(hour="3", minute="30")),
    ("supervision.hearing.tasks.sweep", timedelta(seconds=30)),
    ("supervision.hearing.tasks.expire", timedelta(minutes=1)),
    ("claims.tasks.sweep_batches", timedelta(seconds=15)),
    ("supervision.clocks.tasks.notice_overdue", timedelta(minutes=1)),
    ("supervision.complaints.exposure.tasks.find_fallen_decisions", timedelta(minutes=1)),
    ("supervision.complaints.exposure.tasks.note_error_claims", crontab(hour="3", minute="50")),
    ("supervision.complaints.exposure.tasks.count_complaints", crontab(hour="2", minute="50")),
    ("supervision.complaints.supervisors.tasks.end_terms", crontab(hour="0", minute="10")),
    ("supervision.complaints.vault.tasks.lapse", timedelta(minutes=1)),
    (
        "supervision.complaints.tasks.take_up_what_citizens_did",
        crontab(minute="5"),
    ),  # at the hour, whoever did what when
    ("supervision.complaints.tasks.take_in_the_day", crontab(hour="0", minute="30")),
    ("supervision.complaints.tasks.forget_by_rule", crontab(hour="3", minute="15")),
    ("supervision.complaints.rewards.tasks.take_up_claims", crontab(hour="0", minute="40")),
    ("credit.points.tasks.take_up_the_night", crontab(hour="0", minute="20")),
    ("credit.tasks.gather", crontab(hour="1", minute="10")),
    ("credit.tasks.take_effect", crontab(hour="0", minute="15")),
    ("credit.tasks.sweep", timedelta(seconds=30)),
    ("credit.commitments.tasks.begin_and_end", crontab(hour="0", minute="5")),
    ("supervision.designation.tasks.take_up", crontab(hour="0", minute="25")),
    ("supervision.designation.tasks.forget_objectors", crontab(hour="3", minute="25")),
    ("supervision.assistance.tasks.escalate_overdue", crontab(minute="35")),
    ("supervision.coordination.tasks.deliver", timedelta(seconds=30)),
    ("supervision.payments.tasks.lay_down_the_past_month", crontab(hour="4", minute="20")),
    ("supervision.payments.tasks.count_indicators", crontab(hour="4", minute="40")),
    ("claims.tasks.forget_recent", crontab(hour="3", minute="30")),
    ("claims.tasks.forget_spills", crontab(hour="3", minute="20")),
    ("institutions.tasks.expire_what_was_asked", timedelta(hours=1)),
    ("supervision.documents.tasks.remove_leftovers", timedelta(hours=1)),
    ("supervision.complaints.gate.tasks.make_anew", timedelta(minutes=1)),
    ("supervision.complaints.gate.tasks.scan", timedelta(minutes=1)),
    ("supervision.complaints.gate.tasks.forget", crontab(minute="25")),
    ("supervision.services.tasks.forget_ended_sessions", crontab(hour="3", minute="10")),
]

app.conf.beat_schedule = {task: {"task": task, "schedule": when} for task, when in TIMETABLE}
