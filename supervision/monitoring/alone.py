"""The process of a confined page. It begins bare: nothing of ours may be imported before Django is set up."""

import sys


def main(answer: str) -> None:
    import django  # noqa: PLC0415

    django.setup()
    from supervision.monitoring import confined  # noqa: PLC0415

    confined.main(answer)


if __name__ == "__main__":
    main(sys.argv[1])
