"""What a hospital told of in a day stands in the warehouse, once, as the day left it."""

import json
from typing import Any

import pytest

from tests.review.hospital.client import Client
from tests.review.hospital.conftest import Platform
from tests.review.hospital.lines import DRUG, FILM
from tests.review.hospital.stays import Stay
from tests.review.hospital.visits import Visit, man

KEPT = """
import json
from claims import warehouse
from institutions.models import Account
claims = {claims!r}
seen = warehouse.seen_by(Account(institution_id={institution!r}))
found = {{claim: seen.claim({institution!r} + ":" + claim) for claim in claims}}
print(json.dumps({{claim: [record.header["kind"], float(record.header["total"]), float(record.header["paid"]), str(record.header["illness"]),
    sorted([line["item"], float(line["net_quantity"] or 0)] for line in record.lines)]
    for claim, record in found.items() if record}}))
"""


@pytest.fixture(scope="module")
def newcomer(platform: Platform) -> Client:
    return platform.opened(3)


def settled(client: Client, visit: Visit) -> str:
    """Everything a hospital says of a visit until it is paid; the settlement's number."""
    if isinstance(visit, Stay):
        client.ask("2403", **visit.admission_changed())
        client.ask("2301", **visit.bill())
        client.ask("2402", **visit.leaving())
    else:
        client.ask("2203", **visit.diagnoses())
        client.ask("2204", **visit.bill())
    client.ask("3102", data=visit.order())
    answer = client.ask("2304" if isinstance(visit, Stay) else "2207", **visit.settlement())
    return str(answer.output["setlinfo"]["setl_id"])


def gathered(platform: Platform) -> list[dict[str, Any]]:
    batches: list[dict[str, Any]] = json.loads(platform.installation.manage("gather", "--json").stdout)["batches"]
    return batches


def kept(platform: Platform, client: Client, *visits: Visit) -> dict[str, Any]:
    asked = KEPT.format(institution=client.institution, claims=[visit.id for visit in visits])
    said = platform.installation.manage("shell", "-v", "0", "-c", asked).stdout
    found: dict[str, Any] = json.loads(said)
    return found


def test_a_day_comes_to_the_warehouse_once_and_what_was_undone_does_not(newcomer: Client, platform: Platform) -> None:
    visit = Visit(man(), newcomer.institution).ordering(DRUG, FILM)
    stay = Stay(man(), newcomer.institution).ordering(FILM).ordering(DRUG, quantity=10).refunding(DRUG, 6)
    undone = Visit(man(), newcomer.institution).ordering(FILM)
    settled(newcomer, visit)
    newcomer.ask("4101", **stay.settlement_list(settled(newcomer, stay)))
    newcomer.ask("2208", **undone.undone(settled(newcomer, undone)))

    refused = [
        reject for batch in gathered(platform) for reject in batch["rejects"] if newcomer.institution in reject[0]
    ]
    assert refused == []
    assert gathered(platform) == []
    assert kept(platform, newcomer, visit, stay, undone) == {
        visit.id: ["outpatient", 53.5, 0, "K29.500", [[FILM.code, 1], [DRUG.code, 1]]],
        stay.id: ["inpatient", 139, 0, "K29.500", [[FILM.code, 1], [DRUG.code, 0], [DRUG.code, 4]]],
    }


def test_what_is_undone_later_is_taken_out_again(newcomer: Client, platform: Platform) -> None:
    visit = Visit(man(), newcomer.institution).ordering(FILM)
    settlement = settled(newcomer, visit)
    gathered(platform)
    assert list(kept(platform, newcomer, visit)) == [visit.id]
    newcomer.ask("2208", **visit.undone(settlement))
    gathered(platform)
    assert kept(platform, newcomer, visit) == {}


def test_what_the_payer_answered_is_repeated_and_kept(newcomer: Client, platform: Platform) -> None:
    visit = Visit(man(), newcomer.institution).ordering(FILM)
    newcomer.ask("2203", **visit.diagnoses())
    newcomer.ask("2204", **visit.bill())
    newcomer.ask("3102", data=visit.order())
    paid = {"hifp_pay": 17.5, "fund_pay_sumamt": 17.5, "psn_part_amt": 7.5, "psn_cash_pay": 7.5}
    payers = {**visit.who, "setl_id": "990101000000777", "medfee_sumamt": 25, "inscp_scp_amt": 25, **paid}
    fund = {"fund_pay_type": "310100", "inscp_scp_amt": 25, "crt_payb_lmt_amt": 90000, "fund_payamt": 17.5}
    answer = newcomer.ask("2207", **visit.settlement(), setlinfo=payers, setldetail=[fund])
    assert answer.output["setlinfo"].items() >= payers.items()
    assert answer.output["setldetail"] == [fund]
    gathered(platform)
    assert kept(platform, newcomer, visit)[visit.id][:3] == ["outpatient", 25, 17.5]
