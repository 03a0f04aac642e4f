"""One sign-in for each kind of user of the invented province; passwords and secrets are drawn at random and kept."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import pyotp
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from institutions import second_factor
from institutions.granting import standing
from institutions.models import Account, Department, Duty, Institution, Insurer, SecondFactor
from institutions.models.territory import NATION
from supervision.audit.chain import record
from supervision.audit.models import Act

DESK = [Duty.READ, Duty.INTAKE, Duty.MONITOR, Duty.KNOWLEDGE, Duty.WRITE_RULES]


@dataclass(frozen=True)
class Post:
    username: str
    name: str
    kind: str
    territory: str | None = None
    duties: tuple[Duty, ...] = ()
    insurer: str | None = None
    institution: bool = False
    department: str = ""  # another than the place's own


POSTS = [
    Post("nation", "国家局监管员", "regulator of the nation", NATION, (Duty.READ, Duty.KNOWLEDGE)),
    Post("checker", "国家局知识审核员", "checker of the nation's knowledge", NATION, (Duty.READ, Duty.KNOWLEDGE)),
    Post("yunze", "云泽市监管员", "regulator of the prefecture, first reviewer", "990100", (*DESK, Duty.HEAR)),
    Post("yunze-reviewer", "云泽市复审员", "second reviewer of findings", "990100", (Duty.READ, Duty.HEAR)),
    Post("yunze-officer", "云泽市执法人员甲", "officer of cases", "990100", (Duty.READ, Duty.INVESTIGATE)),
    Post("yunze-officer-2", "云泽市执法人员乙", "second officer of cases", "990100", (Duty.READ, Duty.INVESTIGATE)),
    Post("yunze-legal", "云泽市法制审核员", "reviewer of legality", "990100", (Duty.READ, Duty.LEGAL)),
    Post("yunze-principal", "云泽市局负责人", "person in charge, who decides", "990100", (Duty.READ, Duty.DECIDE)),
    Post("yunze-deputy", "云泽市局副局长", "second person in charge", "990100", (Duty.READ, Duty.DECIDE)),
    Post("yunze-checker", "云泽市规则审核员", "checker of rules", "990100", (Duty.READ, Duty.CHECK_RULES)),
    Post("yunze-publisher", "云泽市规则发布员", "publisher of rules", "990100", (Duty.READ, Duty.RELEASE)),
    Post(
        "yunze-complaints",
        "云泽市举报受理员",
        "handler of complaints",
        "990100",
        (Duty.READ, Duty.COMPLAINTS),
    ),
    Post(
        "yunze-complaints-2",
        "云泽市举报核查员",
        "second handler of complaints, asks for identities",
        "990100",
        (Duty.READ, Duty.COMPLAINTS, Duty.IDENTITY),
    ),
    Post(
        "yunze-discipline",
        "云泽市局机关纪委",
        "approves the opening of identities",
        "990100",
        (Duty.READ, Duty.IDENTITY),
    ),
    Post("yunze-finance", "云泽市局财务", "finance of the bureau", "990100", (Duty.READ, Duty.BOOK, Duty.IDENTITY)),
    Post("yunze-credit", "云泽市信用管理员甲", "keeps credit and commitments", "990100", (Duty.READ, Duty.CREDIT)),
    Post("yunze-credit-2", "云泽市信用管理员乙", "reviews objections", "990100", (Duty.READ, Duty.CREDIT)),
    Post("province", "示例省监管员", "regulator of the province", "990000", (Duty.READ, Duty.HEAR)),
    Post("province-head", "示例省局负责人", "person in charge of the province", "990000", (Duty.READ, Duty.DECIDE)),
    Post("wangyu", "望屿市监管员", "regulator of a neighbouring prefecture", "990200", (*DESK, Duty.HEAR)),
    Post("lanan", "澜岸区监管员", "regulator of a county", "990101", (Duty.READ,)),
    Post("agency", "云泽市经办员", "handling agency", "990100", (Duty.READ, Duty.INTAKE, Duty.HEAR), insurer="990100"),
    Post(
        "agency-auditor",
        "云泽市经办稽核员",
        "auditor of the agency",
        "990100",
        (Duty.READ, Duty.INVESTIGATE),
        insurer="990100",
    ),
    Post(
        "agency-head",
        "云泽市经办机构负责人",
        "head of the agency, who decides",
        "990100",
        (Duty.READ, Duty.DECIDE),
        insurer="990100",
    ),
    Post(
        "agency-agreements",
        "云泽市经办协议管理员甲",
        "keeper of agreements at the agency",
        "990100",
        (Duty.READ, Duty.AGREE),
        insurer="990100",
    ),
    Post(
        "agency-agreements-2",
        "云泽市经办协议管理员乙",
        "second keeper of agreements, second assessor",
        "990100",
        (Duty.READ, Duty.AGREE),
        insurer="990100",
    ),
    Post(
        "agency-credit",
        "云泽市经办记分管理员",
        "keeper of practitioners' points at the agency",
        "990100",
        (Duty.READ, Duty.CREDIT),
        insurer="990100",
    ),
    Post(
        "agency-head-2",
        "云泽市经办机构副负责人",
        "second head of the agency, who decides appeals",
        "990100",
        (Duty.READ, Duty.DECIDE),
        insurer="990100",
    ),
    Post(
        "agency-settlement",
        "云泽市经办结算员",
        "prepares settlements at the agency",
        "990100",
        (Duty.READ, Duty.SETTLE),
        insurer="990100",
    ),
    Post(
        "agency-books",
        "云泽市经办财务员",
        "bookkeeper of the agency",
        "990100",
        (Duty.READ, Duty.BOOK),
        insurer="990100",
    ),
    Post(
        "hospital",
        "定点医院经办人",
        "designated institution, its fund officer",
        institution=True,
        duties=(Duty.INTAKE, Duty.CONNECT, Duty.ANSWER, Duty.SIGN, Duty.STAFF),
    ),
    Post(
        "pharmacy",
        "申请定点药店经办人",
        "pharmacy that applies for designation",
        institution=True,
        duties=(Duty.ANSWER, Duty.SIGN, Duty.STAFF),
    ),
    Post(
        "hospital-manager",
        "定点医院账号管理员",
        "manager of the institution's accounts, who signs",
        institution=True,
        duties=(Duty.MANAGE, Duty.SIGN),
    ),
    Post(
        "hospital-office",
        "定点医院医务科",
        "doctors' office of the institution",
        institution=True,
        duties=(Duty.STAFF,),
    ),
    Post(
        "police-liaison",
        "云泽市公安局联络员",
        "liaison of the police, reads what is given to them",
        duties=(Duty.LIAISE,),
        department="云泽市公安局",
    ),
    Post(
        "health-liaison",
        "云泽市卫生健康委员会联络员",
        "liaison of the health commission",
        duties=(Duty.LIAISE,),
        department="云泽市卫生健康委员会",
    ),
    Post("admin", "系统管理员", "administrator", duties=(Duty.ADMINISTER,)),
    Post("admin-2", "系统管理员乙", "second administrator", duties=(Duty.ADMINISTER,)),
]


@dataclass(frozen=True)
class SignIn:
    username: str
    password: str
    secret: str  # of the second factor
    kind: str

    @property
    def code(self) -> str:
        """What an authenticator with this secret shows now."""
        return pyotp.TOTP(self.secret).now()


def kept() -> Path:
    return Path(settings.FUND_HOME) / "demo" / "accounts.json"


def open_accounts() -> list[SignIn]:
    """The demonstration's accounts; those opened before keep their passwords and secrets."""
    before = json.loads(kept().read_text()) if kept().exists() else []
    known = {one["username"]: one for one in before}
    sign_ins = [sign_in_of(post, known.get(post.username, {})) for post in POSTS]
    keep(sign_ins)  # first: a secret that counts and is known to nobody would shut its account for good
    with transaction.atomic():
        for post, sign_in in zip(POSTS, sign_ins, strict=True):
            set_factor(open_account(post, sign_in.password), sign_in.secret)
    return sign_ins


def sign_in_of(post: Post, known: dict[str, str]) -> SignIn:
    secret = known.get("secret") or pyotp.random_base32()
    return SignIn(post.username, known.get("password") or password(), secret, post.kind)


def set_factor(account: Account, secret: str) -> None:
    """The secret counts, as if its first code had been shown already; recovery codes are not drawn."""
    factor = second_factor.current(account)
    if factor and second_factor.secret_of(factor) == secret:
        return
    SecondFactor.objects.filter(account=account).delete()
    factor = second_factor.draw(account, secret)
    factor.confirmed_at = account.factor_since = timezone.now()
    factor.save()
    account.save()


def open_account(post: Post, secret: str) -> Account:
    account = Account.objects.filter(username=post.username).first() or Account(username=post.username)
    before = standing(account) if account.pk else None
    account.name = post.name
    account.territory_id = post.territory
    account.duties = [duty.value for duty in post.duties]
    account.insurer = Insurer.objects.filter(pk=post.insurer).first()
    party = Department.Party.HANDLING if post.insurer else Department.Party.AUTHORITY
    account.department = Department.objects.filter(division_id=post.territory, party=party).first()
    if post.department:
        account.department = Department.objects.filter(name_zh=post.department).first()
    if post.institution:
        account.institution = applicant() if post.username == "pharmacy" else demo_institution()
    if not account.check_password(secret):
        account.set_password(secret)
    account.save()
    if standing(account) != before:  # by whoever has the machine: no second administrator is asked
        record(Act.ACCOUNT, "", account.username, what="opened on the machine", duties=list(account.duties))
    return account


def demo_institution() -> Institution:
    """The largest hospital of the invented prefecture; a bare one where no claims came in yet."""
    hospitals = Institution.objects.filter(division__code__startswith="9901", kind=Institution.Kind.HOSPITAL)
    found = hospitals.order_by("-beds", "code").first()
    return found or Institution.objects.create(
        code="H99010100001", name_zh="云泽市第一人民医院", name_en="First People's Hospital of Yunze",
        kind=Institution.Kind.HOSPITAL, level=Institution.Level.THREE, division_id="990101", beds=800,
    )  # fmt: skip


def applicant() -> Institution:
    """A pharmacy that was opened lately, and of which no claims came in."""
    return Institution.objects.get_or_create(
        code="P99010190001",
        defaults={
            "name_zh": "云泽康安大药房", "name_en": "Kang'an Pharmacy of Yunze", "kind": Institution.Kind.PHARMACY,
            "division_id": "990101",
        },
    )[0]  # fmt: skip


def password() -> str:
    """Four groups of four letters and digits: 79 bits, and can be read out."""
    return second_factor.readable()


def keep(sign_ins: list[SignIn]) -> None:
    kept().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = kept().with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump([asdict(sign_in) for sign_in in sign_ins], file, indent=1)
    part.replace(kept())
