"""2204 and 2301: fee lines of a visit or stay go up. 2205 and 2302: lines are withdrawn."""

from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from .values import (  # fmt: skip
    Billed,
    BilledOrNot,
    BilledPrice,
    BilledQuantity,
    CertainlyHappened,
    Code,
    Days,
    Key,
    Part,
    Text,
    most,
    rows,
    some,
)

ALL = "0000"  # in the place of a number: every line
MOST_LINES = 5000


class Split(Part):
    """What the payer made of a line (4.3), where a copy of its answer came along."""

    chrgitm_lv: Annotated[Text, most(6)] = ""
    med_chrgitm_type: Annotated[Text, most(6)] = ""
    fulamt_ownpay_amt: BilledOrNot = None
    overlmt_amt: BilledOrNot = None
    preselfpay_amt: BilledOrNot = None
    inscp_scp_amt: BilledOrNot = None
    list_sp_item_flag: Annotated[Text, most(3)] = ""
    lmt_used_flag: Annotated[Text, most(3)] = ""


class SplitRow(Split):
    feedetl_sn: Annotated[Key, some(30)]


class Trace(Part):
    """A traceability code of a drug that was sold (drugtracinfo)."""

    drug_trac_codg: Annotated[Code, most(40)] = ""
    trdn_flag: Annotated[Text, most(3)] = ""


class FeeLine(Split):
    """A fee line (feedetail)."""

    feedetl_sn: Annotated[Key, some(30)]
    init_feedetl_sn: Annotated[Key, most(30)] = ""
    mdtrt_id: Annotated[Key, some(50)]
    psn_no: Annotated[Key, some(50)]
    chrg_bchno: Annotated[Text, most(30)] = ""
    med_type: Annotated[Text, most(6)] = ""
    rxno: Annotated[Text, most(50)] = ""
    drord_no: Annotated[Text, most(50)] = ""
    fee_ocur_time: CertainlyHappened
    med_list_codg: Annotated[Code, most(50)] = ""
    medins_list_codg: Annotated[Code, most(150)] = ""
    medins_list_name: Annotated[Text, most(200)] = ""
    det_item_fee_sumamt: Billed
    cnt: BilledQuantity
    pric: BilledPrice
    prd_days: Days = None
    bilg_dept_codg: Annotated[Code, most(30)] = ""
    bilg_dr_codg: Annotated[Code, most(30)] = ""
    hosp_appr_flag: Annotated[Text, most(3)] = ""
    dscg_tkdrug_flag: Annotated[Text, most(3)] = ""
    memo: Annotated[Text, most(1000)] = ""
    drugtracinfo: Annotated[list[Trace], BeforeValidator(rows), Field(max_length=100)] = []

    @model_validator(mode="after")
    def is_known(self) -> "FeeLine":
        if not self.med_list_codg and not self.medins_list_codg:
            raise ValueError("says neither med_list_codg nor medins_list_codg")
        if self.pric < 0:
            raise ValueError("pric is below 0")
        return self


class Uploaded(Part):
    """input of 2204 and 2301."""

    feedetail: Annotated[list[FeeLine], BeforeValidator(rows), Field(min_length=1, max_length=MOST_LINES)]
    result: Annotated[list[SplitRow], BeforeValidator(rows), Field(max_length=MOST_LINES)] = []  # a copy of the payer's

    @model_validator(mode="after")
    def are_numbered(self) -> "Uploaded":
        numbers = [(line.mdtrt_id, line.feedetl_sn) for line in self.feedetail]
        if len(set(numbers)) < len(numbers):
            twice = next(number for place, number in enumerate(numbers) if number in numbers[:place])
            raise ValueError(f"feedetail names the line {twice[1]} twice")
        return self


class Taken(Part):
    """What is withdrawn: a line by its number, a charging batch, or all lines."""

    mdtrt_id: Annotated[Key, some(50)]
    psn_no: Annotated[Key, some(50)]
    chrg_bchno: Annotated[Text, most(30)] = ""
    feedetl_sn: Annotated[Key, most(30)] = ""

    @model_validator(mode="after")
    def says_what(self) -> "Taken":
        if not self.chrg_bchno and not self.feedetl_sn:
            raise ValueError("says neither chrg_bchno nor feedetl_sn")
        return self


class Withdrawn(Part):
    """input of 2205 and 2302."""

    data: Annotated[list[Taken], BeforeValidator(rows), Field(min_length=1, max_length=MOST_LINES)]
