"""The settlement list (4101): the last word on diagnoses and operations, and what the funds paid."""

from institutions.models import Institution
from supervision.review.messages import Message
from supervision.review.messages.listing import Listed
from supervision.review.messages.values import as_rows

from .holding import held


def enlist(message: Message, place: Institution) -> dict[str, object]:
    """Keep the list as sent; answers with its number."""
    data, envelope = message.data, message.envelope
    assert isinstance(data, Listed)
    encounter = held(place, data.setlinfo.mdtrt_id, data.setlinfo.psn_no, "input.setlinfo.psn_no")
    [said] = as_rows(envelope.input["setlinfo"])
    encounter.learn("setllist", said, envelope.stamp)
    encounter.learn("payinfo", as_rows(envelope.input.get("payinfo")), envelope.stamp)
    encounter.diagnose(as_rows(envelope.input.get("diseinfo")), envelope.stamp, listed=True)
    if encounter.is_news("operations", envelope.stamp):
        encounter.operations = as_rows(envelope.input.get("oprninfo"))
    encounter.changed()
    return {"data": {"setl_list_id": f"{encounter.pk % 10**9:09}"}}
