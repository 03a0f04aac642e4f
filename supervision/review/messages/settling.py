"""2207 and 2304: a visit or stay is settled. 2208, 2305 and 2601: that is undone."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from .charging import Trace
from .values import Billed, BilledOrNot, Happened, Key, Part, Text, most, one, rows, some

PARTS = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
FUNDS = (
    "hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "hifdm_pay", "maf_pay", "oth_pay",
)  # fmt: skip
ACCOUNT = "310200"  # the personal account stands among the funds, and is none of them
NEAR = 1  # fen


def check_sum(part: Part, whole: str, parts: Sequence[str]) -> None:
    """A sum holds where all of it is said."""
    said = [getattr(part, name) for name in parts]
    total = getattr(part, whole)
    if total is not None and None not in said and abs(sum(said) - total) > NEAR:
        raise ValueError(f"{whole} is not {' + '.join(parts)}")


class TraceOfLine(Trace):
    """A traceability code, with the fee line that it was sold on."""

    feedetl_sn: Annotated[Key, most(30)] = ""


class Settlement(Part):
    """input.data of 2207 and 2304."""

    psn_no: Annotated[Key, some(50)]
    mdtrt_id: Annotated[Key, some(50)]
    chrg_bchno: Annotated[Text, most(30)] = ""
    med_type: Annotated[Text, most(6)] = ""
    insutype: Annotated[Text, most(6)] = ""
    insuplc_admdvs: Annotated[Text, most(10)] = ""
    medfee_sumamt: Billed
    fulamt_ownpay_amt: BilledOrNot = None
    overlmt_selfpay: BilledOrNot = None
    preselfpay_amt: BilledOrNot = None
    inscp_scp_amt: BilledOrNot = None
    dscg_time: Annotated[Happened, Field(alias="dscgTime")] = None
    psn_name: Annotated[Text, most(50)] = ""
    psn_cert_type: Annotated[Text, most(6)] = ""
    certno: Annotated[Text, most(50)] = ""
    psn_type: Annotated[Text, most(6)] = ""
    mdtrt_cert_type: Annotated[Text, most(3)] = ""
    drugtracinfo: Annotated[list[TraceOfLine], BeforeValidator(rows), Field(max_length=5000)] = []

    @model_validator(mode="after")
    def adds_up(self) -> "Settlement":
        check_sum(self, "medfee_sumamt", PARTS)
        return self


class Paid(Part):
    """setlinfo of the payer's answer, where a copy came along."""

    setl_id: Annotated[Key, some(30)]
    setl_time: Happened = None
    gend: Annotated[Text, most(6)] = ""
    brdy: Happened = None
    med_type: Annotated[Text, most(6)] = ""
    insutype: Annotated[Text, most(6)] = ""
    medfee_sumamt: BilledOrNot = None
    fulamt_ownpay_amt: BilledOrNot = None
    overlmt_selfpay: BilledOrNot = None
    preselfpay_amt: BilledOrNot = None
    inscp_scp_amt: BilledOrNot = None
    hifp_pay: BilledOrNot = None
    cvlserv_pay: BilledOrNot = None
    hifes_pay: BilledOrNot = None
    hifmi_pay: BilledOrNot = None
    hifob_pay: BilledOrNot = None
    hifdm_pay: BilledOrNot = None
    maf_pay: BilledOrNot = None
    oth_pay: BilledOrNot = None
    hosp_part_amt: BilledOrNot = None
    fund_pay_sumamt: BilledOrNot = None
    psn_part_amt: BilledOrNot = None
    acct_pay: BilledOrNot = None
    psn_cash_pay: BilledOrNot = None

    @model_validator(mode="after")
    def adds_up(self) -> "Paid":
        check_sum(self, "medfee_sumamt", PARTS)
        check_sum(self, "medfee_sumamt", ("fund_pay_sumamt", "psn_part_amt", "hosp_part_amt"))
        check_sum(self, "fund_pay_sumamt", FUNDS)
        check_sum(self, "psn_part_amt", ("acct_pay", "psn_cash_pay"))
        return self


class Fund(Part):
    """A row of setldetail, and of payinfo of 4101."""

    fund_pay_type: Annotated[Text, most(6)] = ""
    fund_payamt: BilledOrNot = None


Funds = Annotated[list[Fund], BeforeValidator(rows), Field(max_length=100)]


class Settled(Part):
    """input of 2207 and 2304."""

    data: Annotated[Settlement, BeforeValidator(one)]
    setlinfo: Annotated[Paid | None, BeforeValidator(one)] = None
    setldetail: Funds = []

    @model_validator(mode="after")
    def adds_up(self) -> "Settled":
        paid = self.setlinfo
        if paid is None:
            return self
        if paid.medfee_sumamt is not None and abs(paid.medfee_sumamt - self.data.medfee_sumamt) > NEAR:
            raise ValueError("setlinfo.medfee_sumamt is not data.medfee_sumamt")
        funds = [one.fund_payamt for one in self.setldetail if one.fund_pay_type != ACCOUNT]
        told = [amount for amount in funds if amount is not None]
        if told and paid.fund_pay_sumamt is not None and abs(sum(told) - paid.fund_pay_sumamt) > NEAR:
            raise ValueError("setlinfo.fund_pay_sumamt is not the sum of setldetail.fund_payamt")
        return self


class Undo(Part):
    """input.data of 2208 and 2305."""

    setl_id: Annotated[Key, some(30)]
    mdtrt_id: Annotated[Key, some(50)]
    psn_no: Annotated[Key, some(50)]


class Refund(Part):
    """setlinfo of the payer's answer to an undoing, where a copy came along."""

    setl_id: Annotated[Key, some(30)]


class Undone(Part):
    """input of 2208 and 2305."""

    data: Annotated[Undo, BeforeValidator(one)]
    setlinfo: Annotated[Refund | None, BeforeValidator(one)] = None


class Reverse(Part):
    """input.data of 2601: the message whose answer was lost."""

    psn_no: Annotated[Key, most(50)] = ""
    omsgid: Annotated[Text, some(30)]
    oinfno: Literal["2207", "2304", "2401"]


class Reversed(Part):
    """input of 2601."""

    data: Annotated[Reverse, BeforeValidator(one)]
