"""4101 and 4101A: the settlement list, in the present shape and in that of V1.0."""

from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from .settling import Funds
from .values import Code, Day, Happened, Key, Part, Text, most, one, rows, some
from .visiting import Diagnoses


class SettlementList(Part):
    """setlinfo. V1.0 has no psn_no: it repeats the person's name and documents."""

    psn_no: Annotated[Key, most(50)] = ""
    mdtrt_id: Annotated[Key, some(50)]
    setl_id: Annotated[Key, some(30)]
    hi_no: Annotated[Key, most(50)] = ""
    certno: Annotated[Text, most(50)] = ""
    gend: Annotated[Text, most(6)] = ""
    brdy: Day = None
    insuplc: Annotated[Text, most(10)] = ""
    hi_type: Annotated[Text, most(6)] = ""
    adm_time: Happened = None
    dscg_time: Happened = None
    adm_dept_code: Annotated[Code, most(30)] = ""
    chfpdr_code: Annotated[Code, most(30)] = ""
    dscg_way: Annotated[Text, most(3)] = ""
    setl_begn_date: Happened = None
    setl_end_date: Happened = None

    @model_validator(mode="after")
    def is_somebodys(self) -> "SettlementList":
        if not (self.psn_no or self.hi_no or self.certno):
            raise ValueError("says neither psn_no nor hi_no nor certno")
        return self


class Operation(Part):
    """A row of oprninfo."""

    oprn_oprt_type: Annotated[Text, most(3)] = ""
    oprn_oprt_code: Annotated[Code, most(30)] = ""
    oprn_oprt_name: Annotated[Text, most(500)] = ""
    oprn_oprt_date: Day = None  # V1.0
    oprn_oprt_begntime: Happened = None


class Listed(Part):
    """input of 4101 and 4101A. What is kept beside (icuinfo, bldinfo, iteminfo …) stays as sent."""

    setlinfo: Annotated[SettlementList, BeforeValidator(one)]
    payinfo: Funds = []
    diseinfo: Diagnoses = []
    oprninfo: Annotated[list[Operation], BeforeValidator(rows), Field(max_length=200)] = []
