"""Examples of the schema, invented."""

from drf_spectacular.utils import OpenApiExample

LINE = {
    "id": "RX-2", "item": "002101030310000", "name": "子宫输卵管碘油造影", "quantity": "1", "price": "60.00",
    "amount": "60.00", "ordered_at": "2026-03-10T09:28:00+08:00", "practitioner": "D990001000001",
}  # fmt: skip
REVIEW = {
    "id": "2026-03-10-000017",
    "moment": "remind",
    "member": {"number": "99000100000000000000000001", "sex": "male", "born": "1961-05-20", "insured_area": "990100"},
    "encounter": {
        "number": "9903100001", "kind": "outpatient", "begun_at": "2026-03-10T09:12:00+08:00", "insurance": "310",
        "diagnoses": [{"code": "K29.500", "name": "慢性胃炎", "main": True}], "lines": [LINE],
    },
}  # fmt: skip
ANSWER = {
    "id": "2026-03-10-000017", "moment": "remind", "reviewed": True, "asked_at": "2026-03-10T09:28:01+08:00",
    "blocked": False,
    "remarks": [
        {
            "number": "JR6f1c0d2e9b7a4f3e8d5c1b2a3f4e5d6c", "rule": "item_sex_restricted",
            "title": {"zh": "项目限性别", "en": "Item restricted by sex"},
            "sentence": {"zh": "男性收取子宫输卵管碘油造影", "en": "A man was charged for 子宫输卵管碘油造影"},
            "basis": {"zh": "《医疗保障基金使用监督管理条例》第三十八条", "en": "Regulation (Order 735), art. 38"},
            "certainty": "certain", "severity": "S2", "way": "tell", "at_stake": "60.00",
            "lines": [{"id": "RX-2", "role": "accused", "at_stake": "60.00"}],
        }
    ],
}  # fmt: skip
CHOICE = {
    "id": "2026-03-10-000018",
    "choices": [
        {"remark": "JR6f1c0d2e9b7a4f3e8d5c1b2a3f4e5d6c", "choice": "overrode", "reason": "术前检查，病历已记载"}
    ],
}  # fmt: skip


def refusal(name: str, field: str, reason: str, *, status: str) -> OpenApiExample:
    told = {"faults": [{"field": field, "reason": reason}]}
    return OpenApiExample(name, told, response_only=True, status_codes=[status])


ASKED = OpenApiExample("A visit", REVIEW, request_only=True)
REMARKED = OpenApiExample("A reminder", ANSWER, response_only=True, status_codes=["200"])
TOLD = OpenApiExample("An order that goes on", CHOICE, request_only=True)
WRONG_QUANTITY = refusal("A quantity", "encounter.lines[0].quantity", "Ensure this value is above 0.", status="400")
NOT_SIGNED = refusal("No signature", "", "the Authorization header is missing or has another form", status="401")
USED = refusal("An id again", "", "2026-03-10-000017 was used for another message.", status="409")
