"""Reads settings from the environment, and refuses a wrong one with a hint."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def load(file: Path) -> None:
    """Take in `NAME=value` lines; what the environment says already stands.

    The process of a confined page has what it was given: the file holds the keys of the stores.
    """
    if file.is_file() and "CONFINED" not in os.environ:
        for line in file.read_text(encoding="utf-8").splitlines():
            name, equals, value = line.partition("=")
            if equals and not line.lstrip().startswith("#"):
                os.environ.setdefault(name.strip(), value.strip())


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    match text(name, "1" if default else "0").lower():
        case "1" | "true" | "yes" | "on":
            return True
        case "0" | "false" | "no" | "off":
            return False
        case other:
            raise ImproperlyConfigured(f"{name}={other!r} is neither yes nor no: write 1 or 0.")


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number: write for example {default}.")
    return int(value)


def choice(name: str, among: tuple[str, ...]) -> str:
    """One of these words; the first where nothing is said."""
    value = text(name, among[0])
    if value not in among:
        raise ImproperlyConfigured(f"{name}={value!r} is not known: write {' or '.join(among)}.")
    return value


def choices(name: str, among: tuple[str, ...], default: str) -> tuple[str, ...]:
    """Some of these words, set apart by commas; one at least."""
    chosen = tuple(words(name)) or (default,)
    if unknown := [word for word in chosen if word not in among]:
        raise ImproperlyConfigured(f"{name}: {unknown[0]!r} is not known: write some of {', '.join(among)}.")
    return chosen


def words(name: str) -> list[str]:
    """A list, its parts set apart by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    value = text(name, str(default))
    if "://" in value:
        raise ImproperlyConfigured(f"{name}={value!r} is an address: write a folder of this machine.")
    return Path(value).expanduser().absolute()


def web_address(name: str, default: str) -> str:
    value = text(name, default).rstrip("/")
    if urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname:
        raise ImproperlyConfigured(f"{name}={value!r} is no web address: write for example {default}.")
    return value


def database(name: str, default: str) -> dict[str, object]:
    """`postgresql://user:password@host:5432/name?sslmode=require`, or `?host=/folder` for a socket."""
    value = text(name, default)
    parts = urlsplit(value)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name} is no PostgreSQL address: write postgresql://user:password@host:5432/name.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def redis(name: str, default: str) -> str:
    """`redis://host:6379` or `unix:///path/to/socket`, without a database number: we use several."""
    value = text(name, default)
    parts = urlsplit(value)
    if (
        parts.scheme not in {"redis", "rediss", "unix"}
        or parts.query
        or (parts.scheme != "unix" and parts.path.strip("/"))
    ):
        raise ImproperlyConfigured(f"{name} is no Redis address: write redis://host:6379 or unix:///path/to/socket.")
    return value.rstrip("/")


def broker(redis_url: str, number: int) -> str:
    """The same Redis in Celery's spelling."""
    if redis_url.startswith("unix://"):
        return f"redis+socket://{redis_url.removeprefix('unix://')}?virtual_host={number}"
    return f"{redis_url}/{number}"


def cache(redis_url: str, number: int) -> str:
    return f"{redis_url}?db={number}" if redis_url.startswith("unix://") else f"{redis_url}/{number}"


def kept_secret(name: str, file: Path) -> str:
    """The variable, or a secret drawn once and kept in a file that only its owner reads."""
    if value := text(name):
        return value
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # FUND_HOME: it will hold people's claims
    part = file.with_name(f"{file.name}.{os.getpid()}")
    if not file.exists():
        part.touch(mode=0o600)
        part.write_text(os.urandom(48).hex())
        try:
            os.link(part, file)  # fails when another process was quicker; then its secret holds
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return file.read_text()
