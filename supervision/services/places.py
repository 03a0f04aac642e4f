"""Where the embedded services of one FUND_HOME keep their data and their sockets."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

# PostgreSQL refuses to run as root. Then its data lie outside FUND_HOME, in a folder that its own
# service user can reach without any folder above FUND_HOME being opened to others.
ROOT_PLACE = Path("/var/lib/fund-supervision")
LONGEST_SOCKET = 107  # bytes: sun_path holds 108 with its closing zero
SOCKET_NAMES = (".s.PGSQL.5432.lock", "redis.sock")


class ServicesRefused(Exception):
    """The embedded services cannot be started; the message says what to do."""


@dataclass(frozen=True)
class Places:
    home: Path
    as_root: bool

    @classmethod
    def of(cls, home: Path) -> "Places":
        return cls(home.resolve(), os.geteuid() == 0)

    @property
    def key(self) -> str:
        return hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]

    @property
    def postgres(self) -> Path:
        """The folder of the cluster, its log and, as root, its socket."""
        return ROOT_PLACE / self.key if self.as_root else self.home / "postgres"

    @property
    def cluster(self) -> Path:
        return self.postgres / "data"

    @property
    def redis(self) -> Path:
        return self.home / "redis"

    @property
    def run(self) -> Path:
        """Locks and records of what runs."""
        return self.home / "run"

    @property
    def sockets(self) -> Path:
        """A folder only we can enter, whose path leaves room for a socket's name."""
        longest = max(len(name) for name in SOCKET_NAMES)
        if len(os.fsencode(self.run)) + 1 + longest <= LONGEST_SOCKET:
            return self.run
        return Path(tempfile.gettempdir()) / f"fund-{os.geteuid()}-{self.key}"

    @property
    def postgres_socket(self) -> Path:
        return self.postgres if self.as_root else self.sockets

    @property
    def redis_socket(self) -> Path:
        return self.sockets / "redis.sock"

    def make(self) -> None:
        """Make the folders that are missing, for nobody but us. A folder that is there keeps its mode."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (self.run, self.redis, self.sockets):
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder.stat().st_uid != os.geteuid():
                raise ServicesRefused(f"{folder} belongs to another user: run as that user, or set another FUND_HOME.")
