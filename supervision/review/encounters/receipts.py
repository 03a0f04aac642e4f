"""What a settlement is answered with: the payer's own words where a copy came along, else what is known without it."""

import hashlib
from collections.abc import Mapping
from typing import Any

from institutions.models import Institution
from supervision.review.messages import Envelope
from supervision.review.messages.settling import FUNDS, PARTS, Settlement
from supervision.review.messages.values import whole

Words = Mapping[str, Any]

AMOUNTS = (
    "medfee_sumamt", *PARTS, "act_pay_dedc", *FUNDS, "hosp_part_amt", "fund_pay_sumamt", "psn_part_amt", "acct_pay",
    "psn_cash_pay", "acct_mulaid_pay",
)  # fmt: skip
NUMBERS = (*AMOUNTS, "pool_prop_selfpay", "balc", "age")
OF_A_FUND = ("inscp_scp_amt", "crt_payb_lmt_amt", "fund_payamt")
SAID = ("psn_name", "psn_cert_type", "certno", "psn_type", "mdtrt_cert_type", "insutype", "med_type")
NOT_SAID = "-"  # how clients write what they do not know
CLEARING = {"2207": "11", "2304": "21"}  # clr_type: clinic, stay
fen = whole(100)


def number(place: Institution, msgid: str) -> str:
    """A number of ours for a settlement, where the payer's is not known: always the same of a message."""
    return f"S{_digest(f'{place.pk} {msgid}')}"


def refund_number(claim: str, setl_id: str) -> str:
    """A number of ours for the refund of a settlement: the same, however often it is undone."""
    return f"R{_digest(f'{claim} {setl_id}')}"


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:24]


def setlinfo(settled: Settlement, setl_id: str, paid: Words | None, envelope: Envelope) -> dict[str, object]:
    """The answer to a settlement, of which every sum holds."""
    said = {name: getattr(settled, name) or NOT_SAID for name in SAID}
    facts: dict[str, object] = {
        "mdtrt_id": settled.mdtrt_id, "setl_id": setl_id, "psn_no": settled.psn_no, **said,
        "med_type": settled.med_type or CLEARING[envelope.infno], "cvlserv_flag": "0", "gend": "", "brdy": "",
        "setl_time": f"{envelope.sent_at:%Y-%m-%d %H:%M:%S}", **unpaid(settled), "pool_prop_selfpay": 0, "balc": 0,
        "medins_setl_id": envelope.msgid, "clr_type": CLEARING[envelope.infno],
    }  # fmt: skip
    copied = {name: value for name, value in numbered(paid or {}, NUMBERS).items() if value not in (None, "")}
    return facts | copied | {"medins_setl_id": envelope.msgid}


def unpaid(settled: Settlement) -> dict[str, float]:
    """The amounts where the payer's are not known: nothing paid by any fund, what is left within scope."""
    total = settled.medfee_sumamt
    split = {name: getattr(settled, name) or 0 for name in PARTS}
    if settled.inscp_scp_amt is None or sum(split.values()) != total:
        split["inscp_scp_amt"] = total - sum(split[name] for name in PARTS[:-1])
    fens = dict.fromkeys(AMOUNTS, 0) | split | {"medfee_sumamt": total, "psn_part_amt": total, "psn_cash_pay": total}
    return {name: amount / 100 for name, amount in fens.items()}


def refund(receipt: Words, setl_id: str, envelope: Envelope) -> dict[str, object]:
    """A refund is a settlement of its own, of negative amounts."""
    negative = {name: -value or 0 for name, value in receipt.items() if name in AMOUNTS and value}
    when = f"{envelope.sent_at:%Y-%m-%d %H:%M:%S}"
    return {**receipt, **negative, "setl_id": setl_id, "setl_time": when, "medins_setl_id": envelope.msgid}


def unknown_refund(mdtrt_id: str, psn_no: str, setl_id: str, envelope: Envelope) -> dict[str, object]:
    """The same of a settlement that nobody has told of yet."""
    nothing = dict.fromkeys(AMOUNTS, 0)
    return refund({"mdtrt_id": mdtrt_id, "psn_no": psn_no, **nothing}, setl_id, envelope)


def funds(rows: list[Words]) -> list[dict[str, object]]:
    """setldetail as the payer sent it."""
    return [dict.fromkeys(OF_A_FUND, 0) | {"fund_pay_type": ""} | numbered(row, OF_A_FUND) for row in rows]


def numbered(said: Words, names: tuple[str, ...]) -> dict[str, Any]:
    """Numbers that came as text are answered as numbers."""
    return {name: float(str(value)) if name in names and is_number(value) else value for name, value in said.items()}


def is_number(value: object) -> bool:
    try:
        return fen(value) is not None
    except ValueError:
        return False
