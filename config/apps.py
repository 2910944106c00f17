"""The admin as Caveat runs it."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, at our own site of it."""

    # Outside `restrictions.admin`: importing that registers its pages, and the site has to stand before them.
    default_site = "config.site.Desk"
