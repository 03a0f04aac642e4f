"""The site and the work of supervising."""

from supervision.celery import app as celery

__all__ = ["celery"]
