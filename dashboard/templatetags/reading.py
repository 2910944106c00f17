"""What every page of the reading room needs from the settings and from its own address."""

from dataclasses import dataclass

from babel import Locale
from babel.core import get_global
from django import template
from django.conf import settings
from django.template.context import Context
from django.utils.translation import get_language

from dashboard import navigation
from restrictions.words.reader import locale, own_name
from restrictions.words.removed import as_removed

register = template.Library()
register.filter("as_removed", as_removed)


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same view in one language, named in that language."""

    code: str
    name: str
    address: str
    absolute: str
    current: bool
    by_default: bool


@register.simple_tag
def locale_with_country() -> str:
    """The page's language as social networks write it, such as fr_FR."""
    said = Locale.parse(locale())
    return f"{said.language}_{said.territory or _likely_country(said.language)}"


def _likely_country(language: str) -> str:
    return str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]


@register.simple_tag
def demonstration() -> bool:
    """Whether this site shows a demonstration, with a synthetic dispatch in its queue."""
    return bool(settings.DEMO)


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[LanguageLink]:
    """The same view in each language; none on the page of a failure, which knows no request."""
    request = context.get("request")
    if request is None:
        return []
    here = context["furniture"].local if "furniture" in context else request.get_full_path()
    path = here.removeprefix(_prefix(get_language() or "en"))
    found = []
    for code, _ in settings.LANGUAGES:
        there = f"{_prefix(code)}{path}"
        absolute = request.build_absolute_uri(there)
        found.append(
            LanguageLink(code, own_name(code), there, absolute, code == get_language(), code == settings.LANGUAGE_CODE)
        )
    return found


@register.simple_tag(takes_context=True)
def main_pages(context: Context) -> list[navigation.Entry]:
    """The menu at the top."""
    return navigation.main_entries(_page(context))


@register.simple_tag(takes_context=True)
def more_pages(context: Context) -> list[navigation.Entry]:
    """The menu at the foot."""
    return navigation.more_entries(_page(context))


def _page(context: Context) -> str:
    match = getattr(context.get("request"), "resolver_match", None)
    return str(match.url_name) if match else ""


def _prefix(code: str) -> str:
    """What stands before the path of every page in a language."""
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"
