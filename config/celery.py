"""The Celery app: `celery -A config worker`, `celery -A config beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Django's checks load every page, which neither a worker nor beat ever shows; `migrate` and `make check` run them.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("caveat")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
