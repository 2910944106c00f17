"""The door to the web as the running program opens it: to public addresses, and saying who asks."""

from django.conf import settings

from restrictions.feeds.http import Door

NAME = "Caveat/0.1"
"""What the program calls itself; a robots.txt names it by what stands before the stroke."""


def door() -> Door:
    """The only way out. No setting makes it lead anywhere but to public addresses."""
    contact = f"+{settings.CONTACT}" if settings.CONTACT else "its operator left no contact"
    return Door(agent=f"{NAME} ({contact})")
