"""A visit or stay opens (2203, 2401), changes (2403) and ends (2402): what is said of it is kept as sent."""

from institutions.models import Institution
from supervision.review.messages import Envelope, Message
from supervision.review.messages.values import as_rows
from supervision.review.messages.visiting import Admitted, Changed, Left, Opened
from supervision.review.models import Encounter

from .holding import held, reversal_of

Output = dict[str, object]


def open_visit(message: Message, place: Institution) -> Output:
    """2203: a visit with its diagnoses."""
    data = message.data
    assert isinstance(data, Opened)
    visit = data.mdtrtinfo
    encounter = held(place, visit.mdtrt_id, visit.psn_no, "input.mdtrtinfo.psn_no")
    _learn(encounter, message.envelope, "mdtrtinfo")
    return {}


def admit(message: Message, place: Institution) -> Output:
    """2401. The payer gives a stay its number: without it, or a copy of its answer, nothing can be kept under it."""
    data = message.data
    assert isinstance(data, Admitted)
    number = (data.result and data.result.mdtrt_id) or data.mdtrtinfo.mdtrt_id
    if not number:
        return {"result": {}}
    undone = reversal_of(message.envelope, place) is not None
    encounter = held(place, number, data.mdtrtinfo.psn_no, "input.mdtrtinfo.psn_no")
    _learn(encounter, message.envelope, "mdtrtinfo", taken_back=undone)
    return {"result": {"mdtrt_id": number, "psn_no": encounter.member}}


def take_admission_back(message: Message, place: Institution) -> None:
    """2601 of a 2401: what it said counts no longer, nor what was said before it."""
    data = message.data
    assert isinstance(data, Admitted)
    if number := (data.result and data.result.mdtrt_id) or data.mdtrtinfo.mdtrt_id:
        encounter = held(place, number, data.mdtrtinfo.psn_no, "input.data.psn_no")
        for fact in ("mdtrtinfo", "insuplc_admdvs"):
            if encounter.told.get(fact) == message.envelope.stamp:
                encounter.facts[fact] = None
        if encounter.told.get("diagnoses") == encounter.said(message.envelope.stamp):
            encounter.diagnoses = []
        encounter.changed()


def change(message: Message, place: Institution) -> Output:
    """2403: what is known of the stay has changed."""
    data = message.data
    assert isinstance(data, Changed)
    encounter = held(place, data.adminfo.mdtrt_id, data.adminfo.psn_no, "input.adminfo.psn_no")
    _learn(encounter, message.envelope, "adminfo")
    return {}


def discharge(message: Message, place: Institution) -> Output:
    """2402: the stay ends."""
    data = message.data
    assert isinstance(data, Left)
    encounter = held(place, data.dscginfo.mdtrt_id, data.dscginfo.psn_no, "input.dscginfo.psn_no")
    _learn(encounter, message.envelope, "dscginfo")
    return {}


def _learn(encounter: Encounter, envelope: Envelope, node: str, *, taken_back: bool = False) -> None:
    """Keep a node and the diagnoses beside it as sent; of what was taken back, that it was said."""
    stamp = envelope.stamp
    [said] = as_rows(envelope.input[node])
    encounter.learn(node, None if taken_back else said, stamp)
    if envelope.insuplc_admdvs:
        encounter.learn("insuplc_admdvs", None if taken_back else envelope.insuplc_admdvs, stamp)
    if diagnoses := as_rows(envelope.input.get("diseinfo")):
        encounter.diagnose([] if taken_back else diagnoses, stamp)
    encounter.changed()
