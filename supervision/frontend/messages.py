"""Keeps the Chinese catalogue in step with the code, without needing GNU gettext.

`python -m supervision.frontend.messages` adds new texts to the .po file, marks vanished ones and compiles it;
`--check` only says what is missing; `--compile` only compiles.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

PROJECT = Path(__file__).resolve().parent.parent.parent
CATALOGUE = PROJECT / "supervision" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
CODE = ("claims", "credit", "institutions", "reporting", "supervision")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")

# Where each function's text, plural and context stand among its arguments.
PLACES: dict[str, tuple[int, int | None, int | None]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (0, None, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (1, None, 0)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (1, 2, 0)),
}
# Django turns a template into lines that hold such calls among filler.
CALL = re.compile(
    r"\b(?:n?p?gettext|_)\((?:u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")(?:,\s*)?|,?\s*\w+)*\)", re.DOTALL
)

Text = tuple[str, str | None, str | None]  # text, plural, context


def main(arguments: list[str]) -> None:
    catalogue = opened()
    if "--compile" in arguments:
        compile(catalogue)
        return
    found = dict(texts())
    if "--check" not in arguments:
        update(catalogue, found)
        compile(catalogue)
    if wrong := list(faults(catalogue, found)):
        print(*wrong, sep="\n")
        sys.exit(f"{len(wrong)} to translate: run `make messages`, then edit {CATALOGUE.relative_to(PROJECT)}.")


def compile(catalogue: polib.POFile) -> None:  # noqa: A001 (its usual name)
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


def opened() -> polib.POFile:
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE), wrapwidth=110)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "zh_Hans",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return catalogue


def texts() -> Iterator[tuple[Text, str]]:
    """Every text to translate, and the file it was last seen in."""
    for app in CODE:
        for file in sorted((PROJECT / app).rglob("*.py")):
            if "migrations" not in file.parts:
                for text in in_code(file.read_text(encoding="utf-8")):
                    yield text, str(file.relative_to(PROJECT))
    for file in sorted((PROJECT / "templates").rglob("*.*")):
        for call in CALL.findall(templatize(file.read_text(encoding="utf-8"))):
            for text in in_code(call):
                yield text, str(file.relative_to(PROJECT))


def in_code(source: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLACES:
            said = [literal(argument) for argument in node.args]
            text, plural, context = (
                said[at] if at is not None and at < len(said) else None for at in PLACES[node.func.id]
            )
            if text:
                yield text, plural, context


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def faults(catalogue: polib.POFile, found: dict[Text, str]) -> Iterator[str]:
    known = {(entry.msgid, entry.msgctxt): entry for entry in catalogue if not entry.obsolete}
    for (text, _plural, context), file in found.items():
        entry = known.get((text, context))
        if entry is None or not entry.translated() or entry.fuzzy:
            yield f"{file}: not translated: {text!r}"
        elif placeholders(text) - placeholders(said := entry.msgstr or " ".join(entry.msgstr_plural.values())):
            yield f"{file}: its translation lost a placeholder: {text!r} → {said!r}"


def placeholders(text: str) -> set[str]:
    return {found.group() for found in PLACEHOLDER.finditer(text)}


def update(catalogue: polib.POFile, found: dict[Text, str]) -> None:
    known = {(entry.msgid, entry.msgctxt): entry for entry in catalogue}
    wanted = set()
    for (text, plural, context), file in found.items():
        wanted.add((text, context))
        entry = known.get((text, context))
        if entry is None:
            entry = polib.POEntry(msgid=text, msgctxt=context, msgid_plural=plural or "")
            if plural:
                entry.msgstr_plural = {0: ""}
            catalogue.append(entry)
            known[text, context] = entry
        entry.obsolete = False
        entry.occurrences = [(file, "")]  # no line numbers: they would change with every edit
    for key, entry in known.items():
        entry.obsolete = key not in wanted
    catalogue.sort(key=lambda entry: (entry.obsolete, entry.msgid.lower(), entry.msgctxt or ""))
    catalogue.save(str(CATALOGUE))


if __name__ == "__main__":
    main(sys.argv[1:])
