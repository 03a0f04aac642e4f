"""One sign-in for each kind of user of the invented province; passwords are drawn at random and kept."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from institutions.models import Account, Department, Duty, Institution, Insurer
from institutions.models.territory import NATION

DESK = [Duty.READ, Duty.INTAKE, Duty.MONITOR, Duty.KNOWLEDGE, Duty.WRITE_RULES]
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


@dataclass(frozen=True)
class Post:
    username: str
    name: str
    kind: str
    territory: str | None = None
    duties: tuple[Duty, ...] = ()
    insurer: str | None = None
    institution: bool = False


POSTS = [
    Post("nation", "国家局监管员", "regulator of the nation", NATION, (Duty.READ, Duty.KNOWLEDGE)),
    Post("checker", "国家局知识审核员", "checker of the nation's knowledge", NATION, (Duty.READ, Duty.KNOWLEDGE)),
    Post("yunze", "云泽市监管员", "regulator of the prefecture", "990100", tuple(DESK)),
    Post("yunze-checker", "云泽市规则审核员", "checker of rules", "990100", (Duty.READ, Duty.CHECK_RULES)),
    Post("yunze-publisher", "云泽市规则发布员", "publisher of rules", "990100", (Duty.READ, Duty.RELEASE)),
    Post("wangyu", "望屿市监管员", "regulator of a neighbouring prefecture", "990200", tuple(DESK)),
    Post("lanan", "澜岸区监管员", "regulator of a county", "990101", (Duty.READ,)),
    Post("agency", "云泽市经办员", "handling agency", "990100", (Duty.READ, Duty.INTAKE), insurer="990100"),
    Post("hospital", "定点医院经办人", "designated institution", institution=True, duties=(Duty.INTAKE,)),
    Post("admin", "系统管理员", "administrator", duties=(Duty.ADMINISTER,)),
]


@dataclass(frozen=True)
class SignIn:
    username: str
    password: str
    kind: str


def kept() -> Path:
    return Path(settings.FUND_HOME) / "demo" / "accounts.json"


def open_accounts() -> list[SignIn]:
    """The demonstration's accounts; those opened before keep their passwords."""
    before = json.loads(kept().read_text()) if kept().exists() else []
    known = {one["username"]: one["password"] for one in before}
    sign_ins = [SignIn(post.username, known.get(post.username) or password(), post.kind) for post in POSTS]
    with transaction.atomic():
        for post, sign_in in zip(POSTS, sign_ins, strict=True):
            open_account(post, sign_in.password)
    keep(sign_ins)
    return sign_ins


def open_account(post: Post, secret: str) -> None:
    account = Account.objects.filter(username=post.username).first() or Account(username=post.username)
    account.name = post.name
    account.territory_id = post.territory
    account.duties = [duty.value for duty in post.duties]
    account.insurer = Insurer.objects.filter(pk=post.insurer).first()
    party = Department.Party.HANDLING if post.insurer else Department.Party.AUTHORITY
    account.department = Department.objects.filter(division_id=post.territory, party=party).first()
    if post.institution:
        account.institution = demo_institution()
    if not account.check_password(secret):
        account.set_password(secret)
    account.save()


def demo_institution() -> Institution:
    """The largest hospital of the invented prefecture; a bare one where no claims came in yet."""
    hospitals = Institution.objects.filter(division__code__startswith="9901", kind=Institution.Kind.HOSPITAL)
    found = hospitals.order_by("-beds", "code").first()
    return found or Institution.objects.create(
        code="H99010100001", name_zh="云泽市第一人民医院", name_en="First People's Hospital of Yunze",
        kind=Institution.Kind.HOSPITAL, level=Institution.Level.THREE, division_id="990101", beds=800,
    )  # fmt: skip


def password() -> str:
    """Four groups of four letters and digits: 79 bits, and can be read out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def keep(sign_ins: list[SignIn]) -> None:
    kept().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = kept().with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump([asdict(sign_in) for sign_in in sign_ins], file, indent=1)
    part.replace(kept())
