"""What every page of the reading room needs from the settings."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def demonstration() -> bool:
    """Whether this site shows a demonstration, with a synthetic dispatch in its queue."""
    return bool(settings.DEMO)
