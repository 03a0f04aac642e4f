"""Asks a department's address without being led astray: only https, only addresses of the open internet, no redirect.

requests-hardened looks a name up once, refuses what is private and connects to the very address it has looked at, so a
name that says something else the second time gains nothing (docs/adr/0045). We refuse more than it does: whatever is
not of the open internet, and the addresses at which clouds tell machines their secrets.
"""

import ipaddress
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from django.utils.translation import gettext as _
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import EXTRA_BLOCKED_NET_RANGES
from requests_hardened.ip_filter_adapter import IPFilterAdapter

from supervision.refusal import Refused

SCHEME = "https"
TIMEOUT = (5, 10)  # seconds to connect, and between two bytes of the answer
# Metadata of clouds that do not lie in the ranges that are refused anyway.
METADATA = frozenset(map(ipaddress.ip_address, ("168.63.129.16", "100.100.100.200", "fd00:ec2::254")))
LOOPBACK = False  # tests speak to a server of their own


class AddressRefused(Refused):
    """The address is none that we ask."""


class Blocked(requests.RequestException):
    """What the name stands for is no address of the open internet."""


class GuardedAdapter(IPFilterAdapter):  # type: ignore[misc]  # the library has no types
    """Looks at the address that will be connected to, once more and more strictly."""

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: bool | str, cert: str | tuple[str, str] | None = None
    ) -> Any:
        host, pool = super().build_connection_pool_key_attributes(request, verify, cert)
        refuse_inner(str(host["host"]))
        return host, pool


def refuse_inner(host: str) -> None:
    address = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    inner = (address.ipv4_mapped or address.sixtofour) if isinstance(address, ipaddress.IPv6Address) else None
    for one in (address, inner) if inner else (address,):
        if LOOPBACK and one.is_loopback:
            continue
        ours = one in METADATA or any(one in network for network in EXTRA_BLOCKED_NET_RANGES)
        if ours or not one.is_global or one.is_multicast or one.is_reserved:
            raise Blocked(f"{one} is no address of the open internet")


def check_form(url: str) -> str:
    """The address as it is kept; raises AddressRefused. What its name stands for is looked at when it is asked."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise AddressRefused(_("That is no address.")) from None
    if parts.scheme != SCHEME or not parts.hostname:
        raise AddressRefused(_("The address begins with https:// and names a host."))
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise AddressRefused(_("The address has neither a user nor a part after #."))
    if port not in (None, 443) and not LOOPBACK:
        raise AddressRefused(_("The address has the port 443."))
    try:
        refuse_inner(parts.hostname)  # a name is no address, and passes here
    except Blocked:
        raise AddressRefused(_("That is no address of the open internet.")) from None
    except ValueError:
        pass
    return url.strip()


def send(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer, whose body nobody reads; raises requests.RequestException."""
    check_form(url)
    config = Config(
        ip_filter_enable=False, ip_filter_allow_loopback_ips=LOOPBACK, never_redirect=True, default_timeout=TIMEOUT,
        user_agent_override="fund-supervision",
    )  # fmt: skip
    with HTTPSession(config) as session:
        session.trust_env = False  # no proxy looks the name up for us, and no .netrc adds a password
        session.adapters.clear()
        session.mount(f"{SCHEME}://", GuardedAdapter(is_https_proto=SCHEME == "https", allow_loopback=LOOPBACK))
        with session.post(url, data=body, headers=dict(headers), stream=True) as answer:
            return int(answer.status_code)
