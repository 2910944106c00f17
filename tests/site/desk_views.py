"""Every view of the desk by its name, its address, and a record that has a row for each."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from restrictions.actions.audit import enter
from restrictions.actions.redactions import redact
from restrictions.actions.reports import keep_report
from restrictions.actions.samples import draw_sample
from restrictions.actions.submissions import keep_upload
from restrictions.actions.subscriptions import ask_for_alerts
from restrictions.actions.tokens import make_token
from restrictions.actions.webhooks import make_webhook
from restrictions.domain.alerts import Rhythm
from restrictions.models import Claim, EntryKind, Redacted, Region, ReportKind, Sample, Scope
from restrictions.queries.news_filters import NewsWanted
from tests.record.rows import NOON, make_reference
from tests.site.desk_rows import a_record

OTHER_ARGUMENTS = {"app_label": "restrictions", "content_type_id": "1", "url": "nothing/"}


def patterns(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """The views below these, however deep."""
    for pattern in found:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns)
        else:
            yield pattern


def desk() -> admin.AdminSite:
    """The desk with its pages, which the site's addresses load."""
    assert get_resolver().url_patterns
    return admin.site


NAMED = {str(pattern.name): pattern for pattern in patterns(desk().get_urls()) if pattern.name}


def a_row_of_each(by: User) -> None:
    """A small record: one row at least for whatever the desk has a view of."""
    make_reference()
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    a_record(by)
    draw_sample(sample=Sample(name="June", size=5, seed="a"), by=by)
    enter(kind=EntryKind.SIGNED_IN, by=by)
    make_token(name="A program", scopes=[Scope.WRITE_DISPATCHES], expires_at=None, by=by, now=NOON)
    keep_upload(outcomes=[], by=by, now=NOON)
    noted = Claim.objects.order_by("pk").first()
    assert noted
    Claim.objects.filter(pk=noted.pk).update(notes="Told by somebody in confidence.")
    redact(kind=Redacted.NOTE, number=noted.pk, ground="court order 12/26", by=by, now=NOON)
    keep_report(position=1, kind=ReportKind.DAY, words="It began a day earlier.", now=NOON)
    ask_for_alerts(address="a@reader.example", rhythm=Rhythm.DAILY, language="en", wanted=NewsWanted("UA"), now=NOON)
    make_webhook(
        name="A newsroom",
        address="https://newsroom.example/",
        language="en",
        wanted=NewsWanted("UA"),
        by=by,
        now=NOON,
    )


def address(name: str) -> str:
    """The view's address, at some row where it is about one."""
    takes = NAMED[name].pattern.converters or NAMED[name].pattern.regex.groupindex
    others = OTHER_ARGUMENTS | ({"object_id": "1"} if name == "view_on_site" else {})
    given = {key: others[key] if key in others else _row_of(name).pk for key in takes}
    return reverse(f"admin:{name}", kwargs=given)


def _row_of(name: str) -> Any:
    """A row for a view whose name begins with its model's."""
    app, model, *_ = f"{name}__".split("_")
    return apps.get_model(app, model)._default_manager.order_by("pk").first()
