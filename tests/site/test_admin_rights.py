"""Every button and form of the desk, pressed by every group: only whoever has the right gets past the door."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import URLPattern, reverse

from restrictions.actions.claims import accept_claims
from restrictions.actions.curators import ensure_curators_group, ensure_editors_group
from restrictions.actions.reports import keep_report
from restrictions.actions.settlements import settle
from restrictions.domain.vocabulary import Status
from restrictions.models import Claim, Position, ReportKind, Settlement
from tests.record.disputing import FIRST, LINE, UNTIL, dispute
from tests.record.rows import NOON, make_curator, make_reference
from tests.record.standing import history
from tests.site.desk_rows import STILL_NOT, make_dispatch, propose, propose_mark
from tests.site.desk_views import desk

# Whatever the desk does is an action, whose branches have tests of their own: tracing takes a third of the time here.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]

# Who may press what: a button that is not here fails the test below.
ALLOWED = {
    "claim_edit": "curators",
    "claim_merge": "curators",
    "claim_reject": "curators",
    "claim_restore": "curators",
    "claim_retract": "curators",
    "claim_skip": "curators",
    "claim_undo": "curators",
    "mark_accept": "curators",
    "mark_reject": "curators",
    "position_settle": "editors",
    "report_answer": "curators",
    "report_refuse": "curators",
    "settlement_withdraw": "editors",
}
_LOOKED_AT = ("restrictions_claim_queue",)
# The doors of intake and second coding decide nothing of the record, and a redaction has no row before it is made;
# test_admin_walk presses them as every group.
_INTAKE = ("apitoken", "dispatch", "feed", "submission", "sample", "webhook", "redaction")
# The walk knows those beside every list: the pages of Django's admin, and tables in and out.
_OF_LISTS = ("changelist", "add", "history", "delete", "change", "import", "export")


def buttons() -> Iterator[str]:
    """The names of all addresses that our own models add to the admin's."""
    for model, pages in desk()._registry.items():
        if model._meta.app_label != "restrictions" or model._meta.model_name in _INTAKE:
            continue
        for pattern in pages.get_urls():
            name = str(pattern.name or "") if isinstance(pattern, URLPattern) else ""
            if name and not name.endswith(_OF_LISTS) and name not in _LOOKED_AT:
                yield name.removeprefix("restrictions_")


@pytest.fixture
def rows() -> dict[str, int]:
    """One row to press each kind of button on."""
    make_reference()
    dispute()
    author = make_curator("author")
    settlement = settle(line=LINE, first=FIRST, until=UNTIL, status=Status.CONDITIONAL, reason="A letter", by=author)
    version = make_dispatch()
    claim, mark = propose(version, STILL_NOT), propose_mark(version)
    accept_claims(claims=[claim.pk], by=author)
    position = Position.objects.filter(weapon="any").first()
    assert position
    report = keep_report(position=position.pk, kind=ReportKind.DAY, words="A day earlier.", now=NOON)
    others = {"position": position.pk, "settlement": settlement.pk, "report": report.pk}
    return {"claim": claim.pk, "mark": mark.pk, **others}


def signed_in(group: Group | None) -> Client:
    user = User.objects.create_user(group.name if group else "nobody", is_staff=True)
    user.groups.set([group] if group else [])
    client = Client()
    client.force_login(user)
    return client


def test_every_button_is_known() -> None:
    assert sorted(buttons()) == sorted(ALLOWED)


@pytest.mark.parametrize("name", ["curators", "editors", "nobody"])
def test_only_who_has_the_right_gets_past_the_door(name: str, rows: dict[str, int]) -> None:
    groups = {"curators": ensure_curators_group(), "editors": ensure_editors_group()}
    client, before = signed_in(groups.get(name)), history()
    for button, group in ALLOWED.items():
        address = reverse(f"admin:restrictions_{button}", args=[rows[button.split("_")[0]]])
        # Without a reason or a plan that was seen, nothing but the marks' buttons writes anything.
        if not (button.startswith("mark_") and group == name):
            assert (client.post(address).status_code == 403) == (group != name), button
    assert history() == before
    assert Claim.objects.get(pk=rows["claim"]).decision == "accepted"
    assert not Settlement.objects.get(pk=rows["settlement"]).withdrawn


def test_visitors_are_sent_to_the_door(rows: dict[str, int]) -> None:
    for button in ALLOWED:
        response = Client().post(reverse(f"admin:restrictions_{button}", args=[rows[button.split("_")[0]]]))
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("admin:login"))
