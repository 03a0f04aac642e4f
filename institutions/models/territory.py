"""Administrative divisions (GB/T 2260): nation, province, prefecture, county."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.language import in_chinese

if TYPE_CHECKING:
    from .accounts import Account

NATION = "000000"


def chain(code: str) -> list[str]:
    """The codes of the divisions in which one lies: the nation first, itself last."""
    return list(dict.fromkeys(code[:digits].ljust(6, "0") for digits in (0, 2, 4, 6)))


class DivisionQuerySet(models.QuerySet["Division"]):
    def visible_to(self, account: "Account") -> "DivisionQuerySet":
        """The account's territory and all below it."""
        if account.territory is None:
            return self.none()
        return self.filter(code__startswith=account.territory.prefix)


class Division(models.Model):
    """A division of the country; its six digits PPQQCC say where it stands."""

    class Level(models.IntegerChoices):
        NATION = 0, _("nation")
        PROVINCE = 1, _("province")
        PREFECTURE = 2, _("prefecture")
        COUNTY = 3, _("county")

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    name_zh = models.CharField(_("Chinese name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    invented = models.BooleanField(
        _("invented"), default=False, help_text=_("Made up for demonstrations: nobody real lives there.")
    )

    objects = DivisionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("division")
        verbose_name_plural = _("divisions")

    def __str__(self) -> str:
        if in_chinese() or not self.name_en:
            return self.name_zh
        return self.name_en

    @property
    def prefix(self) -> str:
        """The leading digits shared by all divisions below: '' for the nation, '33', '3301', '330102'."""
        return self.code[: 2 * self.level]
