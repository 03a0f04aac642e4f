"""The ways of what is shared with other departments."""

from collections.abc import Mapping
from typing import Any

from institutions.models import Duty
from supervision.cases.models import Case
from supervision.coordination.meeting import JOINT_TASK, MEETING
from supervision.coordination.models import BroughtLead, JointTask, Meeting, Package
from supervision.coordination.receiving import BROUGHT_LEAD
from supervision.coordination.sharing import PACKAGE
from tests.coordination.office import Sharing, brought, called, drafted, make_sharing, minuted, task_of
from tests.walks.walking import Walk


def makers(sharing: Sharing) -> Mapping[str, Any]:
    return {Duty.DECIDE: sharing.head, Duty.LIAISE: sharing.liaison, Duty.INVESTIGATE: sharing.officer}


def package() -> Walk:
    sharing = make_sharing()

    def used(subject: Package) -> Mapping[str, Any]:
        return {"used_in": sharing.case.number}

    return Walk(PACKAGE, lambda: drafted(sharing), makers(sharing), {"reuse": used})


def brought_lead() -> Walk:
    sharing = make_sharing()

    def decided(subject: BroughtLead) -> Mapping[str, Any]:
        assert subject.case_id is not None
        Case.objects.filter(pk=subject.case_id).update(state="filed")
        return {}

    return Walk(BROUGHT_LEAD, lambda: brought(sharing), makers(sharing), {"tell": decided})


def joint_meeting() -> Walk:
    sharing = make_sharing()

    def held(subject: Meeting) -> Mapping[str, Any]:
        Meeting.objects.filter(pk=subject.pk).update(held_at=subject.moved_at)
        return {}

    return Walk(MEETING, lambda: called(sharing), makers(sharing), {"keep_minutes": held})


def joint_task() -> Walk:
    sharing = make_sharing()

    def ours(subject: JointTask) -> Mapping[str, Any]:
        JointTask.objects.filter(pk=subject.pk).update(partner=None)
        return {}

    return Walk(JOINT_TASK, lambda: task_of(sharing, minuted(sharing)), makers(sharing), {"report_here": ours})
