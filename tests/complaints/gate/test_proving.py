"""G1: a proof of work lets in once; forged, replayed, expired and too cheap ones are refused in words."""

import base64
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import altcha
import pytest
import time_machine
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from supervision import sealing
from supervision.complaints.gate import keys, proving, waiting
from supervision.complaints.gate.models import Spent
from supervision.complaints.gate.refusing import ProofRefused
from tests.complaints.gate.sent import begun

pytestmark = pytest.mark.django_db


def solved(challenge: str = "") -> str:
    """What a browser makes of a challenge."""
    read = altcha.Challenge.from_dict(json.loads(challenge or proving.challenge()))
    solution = altcha.solve_challenge(read)
    assert solution
    return altcha.Payload(read, solution).to_base64()


def changed(change: Callable[[Any], object]) -> str:
    said = json.loads(base64.b64decode(solved()))
    change(said)
    return base64.b64encode(json.dumps(said).encode()).decode()


def cheaper(said: Any) -> None:
    """Solved for fewer rounds than were asked for."""
    said["challenge"]["parameters"] |= {"cost": 1, "keyPrefix": "00"}
    read = altcha.Challenge.from_dict(said["challenge"])
    solution = altcha.solve_challenge(read)
    assert solution
    said["solution"] = solution.to_dict()


def forged(_said: Any) -> None:
    made = altcha.create_challenge("PBKDF2/SHA-256", 1, counter=1, hmac_secret=b"x" * 32, hmac_key_secret=b"x" * 32)
    solution = altcha.solve_challenge(made)
    assert solution
    _said.clear()
    _said.update(altcha.Payload(made, solution).to_dict())


def test_a_proof_lets_in_once() -> None:
    proof = solved()
    proving.check(proof)
    with pytest.raises(ProofRefused, match="was sent before"):
        proving.check(proof)


def test_the_same_challenge_in_other_words_is_the_same() -> None:
    said = json.loads(base64.b64decode(solved()))
    proving.check(base64.b64encode(json.dumps(said).encode()).decode())
    said["solution"]["time"] = 17
    with pytest.raises(ProofRefused, match="was sent before"):
        proving.check(base64.b64encode(json.dumps(said, indent=1).encode()).decode())


@pytest.mark.parametrize(
    "change",
    [
        cheaper, forged,
        lambda said: said["challenge"]["parameters"].update(expiresAt=9999999999),
        lambda said: said["challenge"]["parameters"].update(data={"key": "unknown"}),
        lambda said: said["challenge"]["parameters"].update(data=7),
        lambda said: said["challenge"].update(signature=None),
        lambda said: said["challenge"].update(signature="é"),
        lambda said: said["solution"].update(derivedKey="00" * 32),
        lambda said: said["solution"].update(derivedKey=7),
        lambda said: said.pop("solution"),
        lambda said: said.update(challenge=[]),
    ],
)  # fmt: skip
def test_what_was_changed_is_refused_in_words(change: Callable[[Any], object]) -> None:
    with pytest.raises(ProofRefused, match="Load the page again"):
        proving.check(changed(change))
    assert not Spent.objects.exists()


@pytest.mark.parametrize(
    "payload", ["", "x", "wait.", "wait.1.2.3", "wait.é.x:y", "e30=", "bnVsbA==", "W10=", "A" * 5000, "\0"]
)
def test_what_is_no_proof_is_refused_in_words(payload: str) -> None:
    with pytest.raises(ProofRefused, match="Load the page again"):
        proving.check(payload)


@hypothesis_settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.recursive(st.none() | st.integers() | st.text() | st.booleans(), lambda inner: st.dictionaries(
    st.sampled_from(["challenge", "solution", "parameters", "data", "signature", "counter", "derivedKey", "nonce", "cost"]), inner
) | st.lists(inner), max_leaves=12))  # fmt: skip
def test_whatever_is_sent_is_refused_and_breaks_nothing(said: object) -> None:
    for text in (json.dumps(said), str(said)):
        with pytest.raises(ProofRefused):
            proving.check(base64.b64encode(text.encode("utf-8", "replace")).decode())


def test_a_proof_expires_and_is_forgotten_when_its_day_is_over(settings: Settings) -> None:
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False) as clock:
        proof, late = solved(), solved()
        proving.check(proof)
        clock.shift(settings.PROOF_MINUTES * 60 + 1)
        for sent in (proof, late):
            with pytest.raises(ProofRefused, match="open for too long"):
                proving.check(sent)
        assert proving.forget() == 0
        clock.shift(24 * 3600)
        assert proving.forget() == 1


def test_a_proof_of_before_a_new_key_is_still_one(settings: Settings) -> None:
    proof = solved()
    sealing.keep(keys.proofs().with_a_new_key(), settings.PROOF_KEYS_FILE)
    proving.check(proof)
    proving.check(solved())


def test_the_work_is_bounded_on_both_sides(settings: Settings) -> None:
    settings.PROOF_TRIES = 40
    counters = [json.loads(base64.b64decode(solved()))["solution"]["counter"] for _one in range(30)]
    assert min(counters) >= 20 and max(counters) < 40


def test_a_page_without_a_script_waits_and_is_then_let_in_once(settings: Settings) -> None:
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False) as clock:
        ticket = waiting.ticket()
        with pytest.raises(ProofRefused, match="for 30 more seconds"):
            proving.check(ticket)
        clock.shift(29)
        with pytest.raises(ProofRefused, match="for 1 more second"):
            proving.check(ticket)
        assert waiting.goes_on(ticket)
        clock.shift(1)
        proving.check(ticket)
        with pytest.raises(ProofRefused, match="was sent before"):
            proving.check(ticket)
        assert not waiting.goes_on(ticket)
        late = waiting.ticket()
        clock.shift(settings.PROOF_MINUTES * 60 + 1)
        with pytest.raises(ProofRefused, match="open for too long"):
            proving.check(late)


def test_a_flood_that_waits_keeps_out_nobody_who_works(settings: Settings) -> None:
    settings.WAITING_SECONDS, settings.WAITING_PER_HOUR = 0, 20
    let_in, kept_out = 0, ""
    for _one in range(10_000 // 50):
        try:
            proving.check(waiting.ticket())
            let_in += 1
        except ProofRefused as refusal:
            kept_out = str(refusal)
    assert let_in == 20 and "without a script" in kept_out and "telephone or post" in kept_out
    proving.check(solved())


def test_without_anybody_who_counts_nobody_is_let_in_by_waiting(settings: Settings) -> None:
    settings.WAITING_SECONDS = 0
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    with pytest.raises(ProofRefused, match="without a script"):
        proving.check(waiting.ticket())
    proving.check(solved())


def test_e2_nothing_that_is_kept_of_a_proof_says_when_or_whose_it_was() -> None:
    proving.check(solved())
    (spent,) = Spent.objects.values()
    assert set(spent) == {"digest", "until"} and not hasattr(spent["until"], "hour")


def test_a_challenge_is_asked_for_and_its_answer_lets_ten_files_begin_and_no_report(client: Client) -> None:
    asked = client.get("/report/files/challenge/")
    assert asked.headers["Content-Type"] == "application/json" and not asked.cookies
    proof = solved(asked.content.decode())
    assert [begun(client, 9, ticket=proof).status_code for _one in range(11)] == [201] * 10 + [403]
    with pytest.raises(ProofRefused, match="did not come right"):
        proving.check(proof)


def test_the_answer_for_a_report_lets_no_file_begin(client: Client) -> None:
    refused = begun(client, 9, ticket=solved())
    assert (refused.status_code, refused.content.decode()) == (
        403, "This page has been open for too long. Choose the file again.",
    )  # fmt: skip
    forged = changed(lambda said: said["challenge"]["parameters"]["data"].update({"for": "files"}))
    assert begun(client, 9, ticket=forged).status_code == 403
    assert begun(client, 9, ticket="x").status_code == 403 and not Spent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_send_the_same_at_once_one_is_let_in() -> None:
    proof, let_in = solved(), []

    def send() -> None:
        try:
            proving.check(proof)
            let_in.append(time.monotonic())
        except ProofRefused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _one in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(let_in) == 1
