"""2203, 2401, 2403 and 2402: a visit or stay opens, changes and ends, with its diagnoses."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from .values import CertainlyHappened, Code, Happened, Key, Part, Text, most, one, rows, some


class Diagnosis(Part):
    """A diagnosis (diseinfo)."""

    diag_code: Annotated[Code, most(30)] = ""
    diag_name: Annotated[Text, most(500)] = ""
    maindiag_flag: Annotated[Text, most(3)] = ""
    dise_dor_no: Annotated[Code, most(30)] = ""
    vali_flag: Annotated[Text, most(3)] = ""


Diagnoses = Annotated[list[Diagnosis], BeforeValidator(rows), Field(max_length=200)]


class Visit(Part):
    """mdtrtinfo of 2203 and 2401."""

    mdtrt_id: Annotated[Key, most(50)] = ""
    psn_no: Annotated[Key, some(50)]
    med_type: Annotated[Text, most(6)] = ""
    begntime: CertainlyHappened
    insutype: Annotated[Text, most(6)] = ""
    adm_dept_codg: Annotated[Code, most(30)] = ""
    chfpdr_code: Annotated[Code, most(30)] = ""
    atddr_no: Annotated[Code, most(30)] = ""
    dscg_maindiag_code: Annotated[Code, most(30)] = ""
    dscg_maindiag_name: Annotated[Text, most(300)] = ""


class NamedVisit(Visit):
    mdtrt_id: Annotated[Key, some(50)]


class Change(NamedVisit):
    """adminfo of 2403: what is not said anew is left empty."""

    begntime: Happened = None  # type: ignore[assignment]


class Leaving(Part):
    """dscginfo of 2402."""

    mdtrt_id: Annotated[Key, some(50)]
    psn_no: Annotated[Key, some(50)]
    endtime: CertainlyHappened
    insutype: Annotated[Text, most(6)] = ""
    dscg_way: Annotated[Text, most(3)] = ""
    dscg_dept_codg: Annotated[Code, most(30)] = ""


class Issued(Part):
    """What the payer answered to 2401, where a copy came along: the number that it gave the stay."""

    mdtrt_id: Annotated[Key, most(50)] = ""


class Opened(Part):
    """input of 2203."""

    mdtrtinfo: Annotated[NamedVisit, BeforeValidator(one)]
    diseinfo: Diagnoses = []


class Admitted(Part):
    """input of 2401."""

    mdtrtinfo: Annotated[Visit, BeforeValidator(one)]
    diseinfo: Diagnoses = []
    result: Annotated[Issued | None, BeforeValidator(one)] = None


class Changed(Part):
    """input of 2403."""

    adminfo: Annotated[Change, BeforeValidator(one)]
    diseinfo: Diagnoses = []


class Left(Part):
    """input of 2402."""

    dscginfo: Annotated[Leaving, BeforeValidator(one)]
    diseinfo: Diagnoses = []
