"""What the doctor did about results (3103)."""

from institutions.models import Institution
from supervision.review.messages import Message, MessageRefused, Told
from supervision.review.models import Remark

from . import handling


def tell(message: Message, place: Institution) -> dict[str, object]:
    """Keep it with each remark; a second word about the same one is a correction. What is blocked cannot go on."""
    data = message.data
    assert isinstance(data, Told)
    for number, warn in enumerate(data.warns):
        where = f"input.data.warns[{number}]"
        ours = Remark.objects.filter(number=warn.warn_rslt_id, review__message__institution=place)
        remark = ours.select_for_update(of=("self",)).first()
        if remark is None:
            raise MessageRefused(f"{where}.warn_rslt_id", f"{warn.warn_rslt_id} is no result of this institution")
        if warn.dspo_way == Remark.Choice.OVERRODE.value:
            handling.check_not_overridden(remark, f"{where}.dspo_way")
        remark.choose(warn.dspo_way, reason=warn.dspo_way_rea)
    return {}
