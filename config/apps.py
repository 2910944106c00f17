"""The admin as Caveat runs it."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks


class DeskConfig(SimpleAdminConfig):
    """Django's admin, at our own site of it; `config.urls` loads its pages, which commands and workers never show."""

    # Outside `restrictions.admin`: importing that registers its pages, and the site has to stand before them.
    default_site = "config.site.Desk"

    def ready(self) -> None:
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(pages_are_sound, checks.Tags.admin)


def pages_are_sound(**asked: Any) -> list[checks.CheckMessage]:
    """What Django finds wrong with the desk's pages, all of which are loaded for it."""
    import_module(settings.ROOT_URLCONF)
    return check_admin_app(**asked)
