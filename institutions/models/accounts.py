"""Accounts: somebody's post somewhere, with the duties they hold."""

import hashlib
from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit.chain import record
from supervision.audit.models import Act

from .parties import Department, Institution, Insurer
from .territory import Division


class Duty(models.TextChoices):
    """What an account may do; seeing follows from territory, acting from duties."""

    READ = "read", _("read findings and claims")
    INTAKE = "intake", _("take in batches of claims")
    MONITOR = "monitor", _("start monitoring runs")
    KNOWLEDGE = "knowledge", _("load knowledge")
    CONNECT = "connect", _("connect the hospital's systems and answer reminders")
    WRITE_RULES = "write_rules", _("write versions of rules")
    CHECK_RULES = "check_rules", _("check versions of rules")
    RELEASE = "release", _("publish rules and take them back")
    HEAR = "hear", _("review findings and hear institutions")
    ANSWER = "answer", _("answer findings for the institution")
    INVESTIGATE = "investigate", _("handle cases as an officer")
    LEGAL = "legal_review", _("review decisions for their legality")
    DECIDE = "decide", _("approve and decide as the person in charge")
    BOOK = "book", _("book what is returned and paid")
    COMPLAINTS = "complaints", _("handle complaints")
    IDENTITY = "identity", _("ask for and approve the opening of identities")
    AGREE = "agree", _("designate institutions and keep agreements")
    SETTLE = "settle", _("settle with institutions month by month")
    CREDIT = "credit", _("keep points and grades of credit")
    SIGN = "sign", _("apply, sign and commit for the institution")
    STAFF = "staff", _("register practitioners for the institution")
    MANAGE = "manage", _("give the institution's accounts their duties")
    LIAISE = "liaise", _("read and answer what is given to another department, as its liaison")
    ADMINISTER = "administer", _("manage accounts and reference data")


class AccountManager(BaseUserManager["Account"]):
    def get_queryset(self) -> models.QuerySet["Account"]:
        """Each with its territory: there is hardly a page that does not ask for it."""
        return super().get_queryset().select_related("territory")

    def create_user(self, username: str, password: str | None = None, **post: Any) -> "Account":
        account = self.model(username=self.model.normalize_username(username), **post)
        account.set_password(password)  # without one, nobody can sign in
        account.save(using=self._db)
        return account

    def create_superuser(self, username: str, password: str | None = None, **post: Any) -> "Account":
        """An administrator, by whoever has the machine. There is no account that may do everything."""
        with transaction.atomic():
            account = self.create_user(username, password, duties=[Duty.ADMINISTER], **post)
            record(Act.ACCOUNT, "", account.username, what="opened on the machine", duties=[Duty.ADMINISTER.value])
        return account


class Account(AbstractBaseUser):
    """A person signed in: of a territory (regulators, agencies) or of one institution."""

    username = models.CharField(_("user name"), max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    name = models.CharField(_("name"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Accounts are stopped, never deleted: their acts stay.")
    )
    joined_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    # Since when the present second factor counts; nobody signs in without one (institutions/second_factor.py).
    factor_since = models.DateTimeField(_("second factor since"), null=True, editable=False)

    # Since when the password is one that somebody else drew for them and read out (institutions/first_password.py).
    first_password_at = models.DateTimeField(_("first password since"), null=True, editable=False)

    territory = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("territory")
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name=_("department"),
    )
    insurer = models.ForeignKey(
        Insurer, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("insurer")
    )
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name=_("institution"),
    )
    duties = ArrayField(
        models.CharField(max_length=12, choices=Duty.choices),
        verbose_name=_("duties"),
        default=list,
        blank=True,
    )

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                condition=Q(territory__isnull=True) | Q(institution__isnull=True),
                name="territory_or_institution",
                violation_error_message=_("An account is of a territory or of an institution, not of both."),
            ),
            models.CheckConstraint(
                condition=Q(institution__isnull=True) | ~Q(duties__contains=[Duty.ADMINISTER]),
                name="institutions_do_not_administer",
                violation_error_message=_("Nobody of an institution may manage accounts."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_session_auth_hash(self) -> str:
        """What a session is bound to: another password or another second factor ends it."""
        return self._bound_to(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._bound_to, super().get_session_auth_fallback_hash())

    def _bound_to(self, password_hash: str) -> str:
        since = self.factor_since.isoformat() if self.factor_since else ""
        return hashlib.sha256(f"{password_hash} {since}".encode()).hexdigest()

    def holds(self, duty: Duty) -> bool:
        """Whether this account holds the duty now."""
        return self.is_active and duty in self.duties

    @property
    def at_desk(self) -> bool:
        """Whether the desk is this account's front door: a regulator or an agency, never an institution."""
        return self.territory_id is not None and self.holds(Duty.READ)

    @property
    def at_liaison(self) -> bool:
        """Whether it is a liaison of another department: of no territory, so that nothing else is theirs to see."""
        nowhere = self.territory_id is None and self.institution_id is None
        return nowhere and self.department_id is not None and self.holds(Duty.LIAISE)

    @property
    def sees_complaints(self) -> bool:
        """Whether complaints are this account's to handle or to decide on; for others there are none."""
        return self.holds(Duty.COMPLAINTS) or self.holds(Duty.DECIDE)

    # What Django's admin asks. Its own permissions are not used: managing is one duty.

    @property
    def is_staff(self) -> bool:
        return self.holds(Duty.ADMINISTER)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.holds(Duty.ADMINISTER)

    def has_module_perms(self, app_label: str) -> bool:
        return self.holds(Duty.ADMINISTER)
