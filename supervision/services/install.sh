#!/usr/bin/env bash
# Makes .venv and installs the locked packages into it. Says in one line what the machine lacks.
set -euo pipefail
cd "$(dirname "$0")/../.."

python=
for name in "${PYTHON3:-}" python3.11 python3.12 python3; do
  if [ -n "$name" ] && command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))'; then
    python=$name
    break
  fi
done
if [ -z "$python" ]; then
  echo 'Python 3.11 or 3.12 is missing. On Debian 12: apt-get install python3 python3-venv' >&2
  exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
  echo "The venv module of $python is missing. On Debian: apt-get install python3-venv" >&2
  exit 1
fi

[ -x .venv/bin/pip ] || "$python" -m venv --clear .venv
echo 'Installing the locked packages …'
# Both trust what the machine trusts, behind a company's own proxy too.
export PIP_DISABLE_PIP_VERSION_CHECK=1 UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"
.venv/bin/python -m pip install --quiet --require-hashes --requirement requirements/tools.txt
# uv does in seconds what takes pip a minute; where it cannot run, pip does the same.
if ! .venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes requirements/all.txt requirements/tools.txt; then
  .venv/bin/python -m pip install --quiet --require-hashes --requirement requirements/all.txt
fi
