"""The national messages of review as hospitals send them: 3101 and 3102 ask, 3103 answers.

Real clients differ: rows come as a list or as one object, numbers as text, what is not known as "", null, "-", "0" or
"默认". All of that is taken. What cannot be reviewed is refused with the name of the field. Names that nobody described
are left alone; a message is kept as it came. See docs/national-messages.md.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, model_validator

ASKING = ("3101", "3102")
UNKNOWN = ("", "-", "0", "默认")
WRITTEN = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
MOST = 10**10  # yuan, units: no line of a bill is as much, and sums of them stay whole numbers in every engine
MOST_BYTES = 2_000_000
DEEPEST = 40  # levels of nodes; the messages have eight


class MessageRefused(Exception):
    """The message cannot be taken; `field` is where, as in input.data.patient_dtos[0].brdy."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}" if field else reason)
        self.field, self.reason = field, reason


# --- Values ---------------------------------------------------------------------------------------------


def text(value: object) -> str:
    """A text, trimmed; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("is no text")
    found = str(value).strip()
    if "\0" in found:
        raise ValueError("holds a zero character")
    if not found.isascii() and any("\ud800" <= sign <= "\udfff" for sign in found):
        raise ValueError("holds half a character")
    return found


def code(value: object) -> str:
    """A code; nothing where a client says that it does not know one."""
    found = text(value)
    return "" if found in UNKNOWN else found


def rows(value: object) -> object:
    """Rows come as a list, or as one object where there is one."""
    if value is None or (isinstance(value, str) and code(value) == ""):
        return []
    return [value] if isinstance(value, Mapping) else value


def whole(scale: int) -> Callable[[object], int | None]:
    """A decimal number as a whole number of 1/scale; half up. Nothing stays nothing."""

    def read(value: object) -> int | None:
        written = text(value)
        if written in ("", "-"):
            return None
        if not WRITTEN.fullmatch(written):
            raise ValueError("is no number")
        number = Decimal(written)
        if abs(number) > MOST:
            raise ValueError(f"is more than {MOST:,}")
        return int((number * scale).quantize(Decimal(1), "ROUND_HALF_UP"))

    return read


def day(value: object) -> dt.date | None:
    written = text(value)
    if not written or written == "-":
        return None
    try:
        if len(written) not in (10, 19):
            raise ValueError(written)
        return dt.date.fromisoformat(written[:10])
    except ValueError:
        raise ValueError("is no day in the form yyyy-MM-dd") from None


def moment(value: object) -> dt.datetime | None:
    written = text(value)
    if not written or written == "-":
        return None
    try:
        if len(written) not in (10, 19) or written[4] != "-":
            raise ValueError(written)
        return dt.datetime.fromisoformat(written)
    except ValueError:
        raise ValueError("is no moment in the form yyyy-MM-dd HH:mm:ss") from None


def words(value: object) -> dict[str, str]:
    """A map of texts."""
    if value in (None, ""):
        return {}
    if not isinstance(value, Mapping):
        raise ValueError("is no object")
    return {str(name): text(one) for name, one in value.items() if not isinstance(one, Mapping | list | bool)}


def most(length: int) -> StringConstraints:
    """At most so many characters."""
    return StringConstraints(max_length=length)


def some(length: int) -> StringConstraints:
    """At least one character, and at most so many."""
    return StringConstraints(min_length=1, max_length=length)


Text = Annotated[str, BeforeValidator(text)]
Code = Annotated[str, BeforeValidator(code)]
Yuan = Annotated[int | None, BeforeValidator(whole(100))]  # fen
Quantity = Annotated[int | None, BeforeValidator(whole(10**4))]  # 1/10000
Price = Annotated[int | None, BeforeValidator(whole(10**6))]  # 10^-6 yuan
Day = Annotated[dt.date | None, BeforeValidator(day)]
Moment = Annotated[dt.datetime | None, BeforeValidator(moment)]


# --- Messages -------------------------------------------------------------------------------------------


class Part(BaseModel):
    """A node of a message: the fields that are read; all others are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Order(Part):
    """A line of an order or prescription (fsi_order_dtos)."""

    rx_id: Annotated[Text, most(50)] = ""
    rxno: Annotated[Text, most(50)] = ""
    chrg_type: Annotated[Text, most(6)] = ""
    hilist_code: Annotated[Code, most(50)] = ""
    hilist_name: Annotated[Text, most(200)] = ""
    hilist_lv: Annotated[Text, most(6)] = ""
    hosplist_code: Annotated[Code, most(150)] = ""
    hosplist_name: Annotated[Text, most(200)] = ""
    cnt: Quantity = None
    pric: Price = None
    sumamt: Yuan = None
    ownpay_amt: Yuan = None
    drord_begn_date: Moment = None
    drord_dept_codg: Annotated[Code, most(30)] = ""
    drord_dr_codg: Annotated[Code, most(30)] = ""
    curr_drord_flag: Annotated[Text, most(3)] = ""
    extend_order_map: Annotated[dict[str, str], BeforeValidator(words)] = {}

    @model_validator(mode="after")
    def is_known(self) -> "Order":
        if not self.hilist_code and not self.hosplist_code:
            raise ValueError("says neither hilist_code nor hosplist_code")
        if self.cnt is None or self.cnt <= 0:
            raise ValueError("cnt is not above 0")
        if self.sumamt is None and self.pric is None:
            raise ValueError("says neither pric nor sumamt")
        if min(self.sumamt or 0, self.pric or 0, self.ownpay_amt or 0) < 0:
            raise ValueError("an amount is below 0")
        return self


class Diagnosis(Part):
    maindise_flag: Annotated[Text, most(3)] = ""
    dise_codg: Annotated[Code, most(30)] = ""
    dise_name: Annotated[Text, most(200)] = ""


class Operation(Part):
    oprn_code: Annotated[Code, most(30)] = ""
    oprn_name: Annotated[Text, most(500)] = ""
    main_oprn_flag: Annotated[Text, most(3)] = ""
    oprn_date: Day = None


class Encounter(Part):
    """A visit or stay as far as it has gone (fsi_encounter_dtos)."""

    mdtrt_id: Annotated[Text, some(50)]
    adm_date: Moment = None
    dscg_date: Moment = None
    dscg_main_dise_codg: Annotated[Code, most(30)] = ""
    dscg_main_dise_name: Annotated[Text, most(200)] = ""
    dr_codg: Annotated[Code, most(30)] = ""
    adm_dept_codg: Annotated[Code, most(30)] = ""
    wardno: Annotated[Text, most(20)] = ""
    bedno: Annotated[Text, most(20)] = ""
    med_mdtrt_type: Annotated[Text, most(6)] = ""
    med_type: Annotated[Text, most(6)] = ""
    insutype: Annotated[Text, most(6)] = ""
    medfee_sumamt: Yuan = None
    fsi_diagnose_dtos: Annotated[list[Diagnosis], BeforeValidator(rows)] = []
    fsi_operation_dtos: Annotated[list[Operation], BeforeValidator(rows)] = []
    fsi_order_dtos: Annotated[list[Order], BeforeValidator(rows), Field(max_length=5000)]


class Patient(Part):
    patn_id: Annotated[Text, most(50)] = ""
    gend: Annotated[Text, most(3)] = ""
    brdy: Day = None
    poolarea: Annotated[Text, most(10)] = ""
    curr_mdtrt_id: Annotated[Text, most(50)] = ""
    fsi_encounter_dtos: Annotated[list[Encounter], BeforeValidator(rows), Field(min_length=1, max_length=100)]

    @model_validator(mode="after")
    def is_somebody(self) -> "Patient":
        if not self.patn_id and not self.curr_mdtrt_id:
            raise ValueError("says neither patn_id nor curr_mdtrt_id")
        return self


class Asked(Part):
    """input.data of 3101 and 3102."""

    task_id: Annotated[Text, most(100)] = ""
    trig_scen: Annotated[Text, most(3)] = ""
    patient_dtos: Annotated[list[Patient], BeforeValidator(rows), Field(min_length=1, max_length=20)]


class Warn(Part):
    """What the doctor did about one result."""

    warn_rslt_id: Annotated[Text, some(40)]
    dspo_way: Literal["1", "2"]
    dspo_way_rea: Annotated[Text, most(500)] = ""

    @model_validator(mode="after")
    def is_reasoned(self) -> "Warn":
        if self.dspo_way == "1" and not self.dspo_way_rea:
            raise ValueError("dspo_way_rea is needed where the order goes on")
        return self


class Told(Part):
    """input.data of 3103."""

    warn_type: Literal["1", "2"]
    warns: Annotated[list[Warn], BeforeValidator(rows), Field(min_length=1, max_length=1000)]


class Envelope(Part):
    """What every message shares; `data` is read by the kind of message."""

    infno: Annotated[Text, some(6)]
    msgid: Annotated[Text, some(30)]
    mdtrtarea_admvs: Annotated[Text, most(6)] = ""
    insuplc_admdvs: Annotated[Text, most(6)] = ""
    inf_time: Annotated[Text, most(30)] = ""
    fixmedins_code: Annotated[Text, most(30)] = ""
    medins_code: Annotated[Text, most(30)] = ""  # a client that speaks through its own broker says it so
    input: dict[str, Any]

    @property
    def institution(self) -> str:
        return self.fixmedins_code or self.medins_code


P = TypeVar("P", bound=Part)
BODIES: Mapping[str, type[Part]] = {"3101": Asked, "3102": Asked, "3103": Told}
NODES = ("patient_dtos", "fsi_encounter_dtos", "fsi_order_dtos", "fsi_diagnose_dtos", "warns")


class Message(Part):
    """A message read: its envelope, and what it says."""

    envelope: Envelope
    data: Asked | Told


def read(body: bytes) -> Message:
    """A message out of the bytes of a request. Raises MessageRefused."""
    envelope = _taken(Envelope, _object(body), "")
    kind = BODIES.get(envelope.infno)
    if kind is None:
        raise MessageRefused("infno", f"{envelope.infno} is not taken here; {', '.join(BODIES)} are")
    data = envelope.input.get("data")
    if not isinstance(data, Mapping):
        if beside := [node for node in NODES if node in envelope.input]:
            raise MessageRefused(f"input.{beside[0]}", "stands beside input.data and belongs inside it")
        raise MessageRefused("input.data", "is missing")
    if beside := [node for node in NODES[1:4] if node in data]:
        raise MessageRefused(f"input.data.{beside[0]}", "stands beside patient_dtos and belongs inside it")
    return Message.model_construct(envelope=envelope, data=_taken(kind, data, "input.data"))


def _object(body: bytes) -> Mapping[str, Any]:
    if len(body) > MOST_BYTES:
        raise MessageRefused("", f"the message has more than {MOST_BYTES:,} bytes")
    try:
        said = json.loads(body.decode("utf-8-sig"), parse_float=str, parse_constant=_no_number)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise MessageRefused("", f"the message is no JSON: {str(error)[:120]}") from error
    if not isinstance(said, dict):
        raise MessageRefused("", "the message is no JSON object")
    if not _shallow(said, DEEPEST):
        raise MessageRefused("", f"the message is nested more than {DEEPEST} deep")
    return said


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is no number")


def _shallow(node: object, left: int) -> bool:
    if not isinstance(node, dict | list):
        return True
    return left > 0 and all(_shallow(one, left - 1) for one in (node.values() if isinstance(node, dict) else node))


def _taken(kind: type[P], node: Mapping[str, Any], place: str) -> P:
    try:
        return kind.model_validate(node)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        raise MessageRefused(_field(place, first["loc"]), _reason(first)) from None


def _field(place: str, path: tuple[int | str, ...]) -> str:
    for step in path:
        place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else str(step)
    return place


def _reason(fault: Mapping[str, Any]) -> str:
    """The fault in plain words."""
    limits = fault.get("ctx", {})
    match fault["type"]:
        case "missing":
            return "is missing"
        case "string_too_short":
            return "is empty"
        case "too_short":
            return "is empty"
        case "string_too_long" | "too_long":
            return (
                f"has more than {limits['max_length']} {'rows' if isinstance(fault['input'], list) else 'characters'}"
            )
        case "list_type" | "model_type" | "model_attributes_type" | "dict_type":
            return "has another form: rows or an object are expected"
        case "literal_error":
            return f"is not one of {limits['expected']}"
    return str(fault["msg"]).removeprefix("Value error, ")
