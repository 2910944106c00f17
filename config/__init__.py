"""The project: settings, addresses, and the Celery app, which Django loads so that tasks find their broker."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
