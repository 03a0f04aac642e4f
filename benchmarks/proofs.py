"""Proofs of work made beforehand, with the installation's own keys: a browser makes them while somebody types."""

import json

import altcha

from supervision.complaints.gate import proving


def proved(purpose: str = proving.REPORT) -> str:
    """The answer to a challenge of the gate, as the page's script gives it."""
    challenge = altcha.Challenge.from_dict(json.loads(proving.challenge(purpose)))
    solution = altcha.solve_challenge(challenge)
    assert solution is not None
    return altcha.Payload(challenge, solution).to_base64()
