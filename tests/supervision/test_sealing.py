import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from supervision import sealing
from supervision.sealing import NotOpened, Ring

OLD = Ring((("1", b"1" * 32),))
NEW = OLD.with_a_new_key()


@given(text=st.text(), about=st.text())
def test_what_is_sealed_opens_for_its_row_alone(text: str, about: str) -> None:
    sealed = OLD.seal(text, about=about)
    assert NEW.open(sealed, about=about) == text
    with pytest.raises(NotOpened):
        NEW.open(sealed, about=f"{about}2")


@given(place=st.integers(0, 30), other=st.sampled_from("ABCDEFGH"))
def test_a_changed_letter_is_noticed(place: int, other: str) -> None:
    sealed = OLD.seal("a secret of some length", about="row")
    head, _dot, rest = sealed.rpartition(".")
    changed = f"{head}.{rest[:place]}{other}{rest[place + 1 :]}"
    if changed != sealed:
        with pytest.raises(NotOpened):
            OLD.open(changed, about="row")


def test_the_newest_key_seals_and_the_others_still_open() -> None:
    assert NEW.newest != OLD.newest
    assert NEW.seal("x", about="").startswith(f"AES-256-GCM.{NEW.newest}.")
    with pytest.raises(NotOpened):
        OLD.open(NEW.seal("x", about=""), about="")


def test_a_signature_holds_for_its_text_alone() -> None:
    signature = OLD.sign("one")
    assert NEW.signed("one", signature)
    assert not NEW.signed("two", signature)
    with pytest.raises(NotOpened):
        OLD.signed("one", NEW.sign("one"))


def test_a_ring_is_drawn_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "ring"
    first = sealing.ring("", file)
    assert sealing.ring("", file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Ring.read(str(first)) == first


@pytest.mark.parametrize("given", ["x", "1:abcd", f"{'ab' * 32}", f"1:{'zz' * 32}", ","])
def test_what_is_no_ring_is_refused(given: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured):
        sealing.ring(given, tmp_path / "ring")
