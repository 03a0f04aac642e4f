"""Rules for passwords beyond Django's own."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SITE_WORDS = ("yibao", "jijin", "jianguan", "medicalsecurity", "fundsupervision", "医保", "基金", "监管")
LONGEST = 256  # what is hashed is bounded, so that nobody can make us hash a book


class NoSiteWords:
    """Refuses what everybody here would try first: the site's own words with a few characters around them."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        rest = password.lower()
        for word in SITE_WORDS:
            rest = rest.replace(word, "")
        if rest != password.lower() and len(rest) < 8:
            raise ValidationError(_("The password is little more than the words of this site."), "site_words")
        if len(password) > LONGEST:
            raise ValidationError(_("The password is too long."), code="too_long")

    def get_help_text(self) -> str:
        return _("Not made of the words of this site, such as 医保 or jijin.")
