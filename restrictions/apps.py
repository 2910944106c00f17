"""The record as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RestrictionsConfig(AppConfig):
    name = "restrictions"
    verbose_name = _("The record")

    def ready(self) -> None:
        # Django makes permissions by a receiver of its own, connected before this one: see docs/adr/0010.
        post_migrate.connect(_groups_after_migration, sender=self)


def _groups_after_migration(**_signal: Any) -> None:
    """The groups with their rights, after every migration and after a flush."""
    # Models stand only once the apps are loaded.
    from restrictions.actions.curators import ensure_groups  # noqa: PLC0415

    ensure_groups()
