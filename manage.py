#!/usr/bin/env python
"""Every command of the site. Those that need PostgreSQL or Redis bring up the embedded ones first."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.settings")
    from django.core.management import execute_from_command_line

    from supervision.audit.acting import acting
    from supervision.services import readiness
    from supervision.services.places import ServicesRefused

    try:
        readiness.before_command(sys.argv)
    except ServicesRefused as refusal:
        sys.exit(str(refusal))
    with acting(f"command {' '.join(sys.argv[1:2])}"):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
