"""The ways of what is shared with other departments."""

from collections.abc import Mapping
from typing import Any

from institutions.models import Duty
from supervision.coordination.models import Package
from supervision.coordination.sharing import PACKAGE
from tests.coordination.office import drafted, make_sharing
from tests.walks.walking import Walk


def package() -> Walk:
    sharing = make_sharing()

    def used(subject: Package) -> Mapping[str, Any]:
        return {"used_in": sharing.case.number}

    return Walk(
        PACKAGE, lambda: drafted(sharing),
        {Duty.DECIDE: sharing.head, Duty.LIAISE: sharing.liaison, Duty.INVESTIGATE: sharing.officer}, {"reuse": used},
    )  # fmt: skip
