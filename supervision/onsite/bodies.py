"""What the text of an entry must be. The device writes it, the digest covers it, nothing of it is rewritten here."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from supervision.invisible import IN_A_TEXT

from .models import Visit
from .refusing import EntryRefused

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Item = Annotated[str, Field(max_length=10)]
Line = Annotated[str, Field(max_length=60)]
Remark = Annotated[str, Field(max_length=2000)]
MOST = 2000  # entries that one stands in the place of, or that a signature is over


class Body(BaseModel):
    """What every entry says."""

    model_config = ConfigDict(strict=True, extra="forbid")

    kind: str
    id: UUID
    visit: Line
    made_at: AwareDatetime
    follows: Annotated[list[UUID], Field(max_length=MOST)]
    item: Item

    @property
    def digest_of_file(self) -> str:
        """The digest of the file that comes with it; empty where none does."""
        return ""


class Answer(Body):
    """The answer to a line of the list."""

    kind: Literal["answer"]
    answer: Literal["kept", "broken", "open", "none"]
    remark: Remark


class Photo(Body):
    kind: Literal["photo"]
    words: Remark
    file: Digest

    @property
    def digest_of_file(self) -> str:
        return self.file


class Statement(Body):
    """What somebody said, questions and answers in text."""

    kind: Literal["statement"]
    who: Annotated[str, Field(min_length=1, max_length=60)]
    post: Line
    words: Annotated[str, Field(min_length=1, max_length=20_000)]


class Signature(Body):
    """A name drawn on the screen over the entries of the device; of the institution also that it will not sign."""

    kind: Literal["signature"]
    side: Literal["officer", "institution"]
    who: Annotated[str, Field(min_length=1, max_length=150)]  # of an officer the account
    file: Digest | Literal[""]
    why: Remark
    over: Annotated[list[tuple[UUID, Digest]], Field(max_length=MOST)]

    @property
    def digest_of_file(self) -> str:
        return self.file


Any_ = Annotated[Answer | Photo | Statement | Signature, Field(discriminator="kind")]
READER: TypeAdapter[Answer | Photo | Statement | Signature] = TypeAdapter(Any_)


def read(text: str, visit: Visit) -> Answer | Photo | Statement | Signature:
    """The body of an entry of this visit, or EntryRefused."""
    try:
        body = READER.validate_json(text)
    except ValidationError:
        raise EntryRefused("unread") from None
    if any(IN_A_TEXT.search(one) for one in strings(body.model_dump())):
        raise EntryRefused("invisible")
    codes = {*visit.checklist.items.values_list("code", flat=True)}
    fits = body.item in codes or (body.item == "" and not isinstance(body, Answer))
    if body.visit != visit.number or not fits or (isinstance(body, Signature) and not is_whole(body, visit)):
        raise EntryRefused("unread")
    return body


def is_whole(body: Signature, visit: Visit) -> bool:
    """An officer of the visit signs; the institution signs, or it is said why not."""
    if body.side == "officer":
        return bool(body.file) and visit.officers.filter(username=body.who).exists()
    return bool(body.file or body.why.strip())


def strings(value: Any) -> Iterator[str]:
    """Every text in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from strings(part)
