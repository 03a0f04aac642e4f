import polib
from django.utils.translation.template import templatize

from supervision.frontend import messages


def test_texts_are_found_in_code() -> None:
    source = '_("One"), ngettext("%(n)s row", "%(n)s rows", n), pgettext("verb", "Charge"), _(name)'
    assert list(messages.in_code(source)) == [
        ("One", None, None),
        ("%(n)s row", "%(n)s rows", None),
        ("Charge", None, "verb"),
    ]


def found(template: str) -> list[messages.Text]:
    return [text for call in messages.CALL.findall(templatize(template)) for text in messages.in_code(call)]


def test_texts_are_found_in_templates() -> None:
    assert found('{% translate "It\'s one" %} {{ _("Two") }}') == [
        ("It's one", None, None),
        ("Two", None, None),
    ]
    assert found("{% blocktranslate with n=a.b %}Found {{ n }} of\n100%{% endblocktranslate %}") == [
        ("Found %(n)s of\n100%%", None, None)
    ]
    assert found('{% translate "Charge" context "verb" %}') == [("Charge", None, "verb")]
    plural = "{% blocktranslate count n=n %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}"
    assert found(plural) == [("%(n)s row", "%(n)s rows", None)]


def test_a_text_without_translation_or_with_a_lost_placeholder_is_named() -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="%(n)s rows", msgstr="行"))
    texts: dict[messages.Text, str] = {("%(n)s rows", None, None): "a.py", ("New", None, None): "b.py"}
    assert [line.split(":")[0] for line in messages.faults(catalogue, texts)] == ["a.py", "b.py"]


def test_the_catalogue_of_the_site_is_complete() -> None:
    assert list(messages.faults(messages.opened(), dict(messages.texts()))) == []
