"""The record as a Django app."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RestrictionsConfig(AppConfig):
    name = "restrictions"
    verbose_name = _("The record")

    def ready(self) -> None:
        # Models stand only once the apps are loaded.
        from restrictions.actions import receivers  # noqa: PLC0415

        # Django makes permissions by a receiver of its own, connected before this one: see docs/adr/0010.
        post_migrate.connect(receivers.migrated, sender=self)
        user_logged_in.connect(receivers.signed_in)
        user_logged_out.connect(receivers.signed_out)
        user_login_failed.connect(receivers.refused)
