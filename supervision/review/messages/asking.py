"""3101 and 3102: an encounter that the rules are asked about, before an order stands or before money moves."""

from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from .values import Code, Day, Moment, Part, Price, Quantity, Text, Yuan, most, rows, some, words

ASKING = ("3101", "3102")
AT_ONCE = 20  # encounters of a message that are judged: a hospital asks about one
NODES = ("patient_dtos", "fsi_encounter_dtos", "fsi_order_dtos", "fsi_diagnose_dtos")


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

    @property
    def present(self) -> list[Encounter]:
        """The encounters that are asked about, each once; all of them where none is the present one."""
        own = {one.mdtrt_id: one for one in self.fsi_encounter_dtos}
        return [own[self.curr_mdtrt_id]] if self.curr_mdtrt_id in own else list(own.values())


class Asked(Part):
    """input.data of 3101 and 3102."""

    task_id: Annotated[Text, most(100)] = ""
    trig_scen: Annotated[Text, most(3)] = ""
    patient_dtos: Annotated[list[Patient], BeforeValidator(rows), Field(min_length=1, max_length=20)]

    @model_validator(mode="after")
    def is_answered_in_time(self) -> "Asked":
        if sum(len(patient.present) for patient in self.patient_dtos) > AT_ONCE:
            raise ValueError(f"patient_dtos asks about more than {AT_ONCE} encounters at once")
        return self
