"""What the audit log is read from: each table with who acted, on what and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from restrictions.domain.vocabulary import Decision
from restrictions.models import (
    Account,
    ApiToken,
    Claim,
    Country,
    Dispatch,
    Entry,
    Feed,
    GroupPolicy,
    GroupRight,
    Mark,
    Membership,
    Region,
    Report,
    Revision,
    Settlement,
    UserRight,
    Weapon,
    Webhook,
)
from restrictions.models import Source as Link
from restrictions.models.columns import LOGGED

ENTRIES, REVISIONS = "entry", "revision"

# What a release brings by itself is no act of anybody: it stands in the release.
_ACTS = Q(pgh_context__isnull=False) | ~Q(pgh_label="insert")


@dataclass(frozen=True, slots=True)
class Source:
    """A table that the log reads. ``page`` is the name of the admin's pages of its rows."""

    label: Any
    rows: Callable[[], "QuerySet[Any]"]
    subject: Callable[[Any], str]
    searched: tuple[str, ...]
    of_the_record: bool = True
    page: str = ""
    instant: str = "pgh_created_at"
    signer: str = ""
    reasons: tuple[str, ...] = field(default=())

    def actor(self, row: Any) -> int | None:
        """The user who acted: by the request or the action, else the one who signed the row."""
        said = row.pgh_context.metadata.get("user") if row.pgh_context else None
        return said or (getattr(row, f"{self.signer}_id") if self.signer else None)

    def why(self, row: Any) -> str:
        """Why: as the action said it, else as the row does."""
        said = row.pgh_context.metadata.get("reason", "") if row.pgh_context else ""
        return said or next((getattr(row, name) for name in self.reasons if getattr(row, name)), "")

    def done_by(self, user: User) -> Q:
        """What this user did."""
        if self.instant != "pgh_created_at":
            return Q(actor=user) if self.instant == "instant" else Q(who=user.username)
        acted = Q(pgh_context__metadata__user=user.pk)
        unsaid = Q(pgh_context__metadata__user__isnull=True)
        return acted | (unsaid & Q(**{self.signer: user})) if self.signer else acted


def _events(model: Any, acts: Q | None, **named: Any) -> Callable[[], "QuerySet[Any]"]:
    """The history of a tracked model, with names beside the numbers that its rows hold.

    History has no foreign keys: a join would lose what was done to somebody who has been deleted since.
    """

    def rows() -> "QuerySet[Any]":
        found: QuerySet[Any] = model.pgh_event_model.objects.select_related("pgh_context").annotate(**named)
        return found.filter(acts) if acts is not None else found

    return rows


def _name(model: Any, number: str, column: str) -> Any:
    """The name behind a number, if there still is one."""
    return Subquery(model.objects.filter(pk=OuterRef(number)).order_by().values(column)[:1])


_FORMER_NAME = Account.pgh_event_model.objects.filter(pgh_obj_id=OuterRef("user_id")).order_by("-pgh_id")  # type: ignore[attr-defined]
_USER = Coalesce(_name(User, "user_id", "username"), Subquery(_FORMER_NAME.values("username")[:1]))
_GROUP = _name(Group, "group_id", "name")
_RIGHT = _name(Permission, "permission_id", "codename")


def _claim(row: Any) -> str:
    return f"{row.supplier_id} → {row.recipient_id}, {row.weapon_id}: {row.status}"


def _named(row: Any) -> str:
    return str(getattr(row, "name", "") or getattr(row, "name_en", "") or row.pgh_obj_id)


_REASON = "pgh_context__metadata__reason"

SOURCES: dict[str, Source] = {
    "claim": Source(
        _("claims"),
        _events(Claim, LOGGED),
        _claim,
        (_REASON, "key", "decision_reason", "weapon__code", "supplier__code"),
        page="restrictions_claim",
        signer="decided_by",
        reasons=("decision_reason",),
    ),
    "mark": Source(
        _("marks"),
        _events(Mark, LOGGED),
        lambda row: f"{row.actor}: {row.act}",
        (_REASON, "key", "actor"),
        page="restrictions_mark",
        signer="decided_by",
    ),
    "link": Source(
        _("links of claims"),
        _events(Link, _ACTS),
        lambda row: row.url,
        (_REASON, "url", "publisher", "title"),
    ),
    "dispatch": Source(
        _("corrections of dispatches"),
        _events(Dispatch, None),
        lambda row: row.address or row.publisher or str(row.pgh_obj_id),
        (_REASON, "address", "publisher"),
        page="restrictions_dispatch",
    ),
    "settlement": Source(
        _("settlements"),
        _events(Settlement, None),
        _claim,
        (_REASON, "key", "reason", "withdrawn_reason"),
        page="restrictions_settlement",
        signer="author",
        reasons=("withdrawn_reason", "reason"),
    ),
    "report": Source(
        _("reports of errors"),
        _events(Report, Q(pgh_context__isnull=False)),
        lambda row: f"{_('position')} {row.position_id}",
        (_REASON, "words", "answer"),
        of_the_record=False,
        page="restrictions_report",
        signer="closed_by",
        reasons=("answer",),
    ),
    REVISIONS: Source(
        _("revisions of the record"),
        lambda: Revision.objects.select_related("actor"),
        str,
        ("reason",),
        instant="instant",
    ),
    "weapon": Source(
        _("weapons"), _events(Weapon, _ACTS), _named, (_REASON, "name", "code"), page="restrictions_weapon"
    ),
    "country": Source(
        _("countries"), _events(Country, _ACTS), _named, (_REASON, "name_en", "name_fr"), page="restrictions_country"
    ),
    "region": Source(
        _("regions"), _events(Region, _ACTS), _named, (_REASON, "name_en", "name_fr"), page="restrictions_region"
    ),
    ENTRIES: Source(
        _("sign-ins, second factors, exports"),
        Entry.objects.all,
        str,
        ("who", "what", "why"),
        of_the_record=False,
        instant="at",
    ),
    "feed": Source(
        _("feeds"),
        _events(Feed, _ACTS),
        lambda row: row.publisher,
        (_REASON, "publisher", "address"),
        page="restrictions_feed",
    ),
    "apitoken": Source(
        _("API tokens"),
        _events(ApiToken, None),
        lambda row: row.name,
        (_REASON, "name"),
        of_the_record=False,
        page="restrictions_apitoken",
        signer="made_by",
    ),
    "webhook": Source(
        _("webhooks"),
        _events(Webhook, None),
        lambda row: row.name,
        (_REASON, "name", "address"),
        of_the_record=False,
        page="restrictions_webhook",
    ),
    "account": Source(
        _("users"),
        _events(Account, None),
        lambda row: row.username,
        (_REASON, "username"),
        of_the_record=False,
        page="auth_user",
    ),
    "membership": Source(
        _("people in groups"),
        _events(Membership, None, user_name=_USER, group_name=_GROUP),
        lambda row: f"{row.user_name} · {row.group_name}",
        (_REASON, "user_name", "group_name"),
        of_the_record=False,
    ),
    "groupright": Source(
        _("rights of groups"),
        _events(GroupRight, None, group_name=_GROUP, right_name=_RIGHT),
        lambda row: f"{row.group_name} · {row.right_name}",
        (_REASON, "group_name", "right_name"),
        of_the_record=False,
    ),
    "userright": Source(
        _("rights of users"),
        _events(UserRight, None, user_name=_USER, right_name=_RIGHT),
        lambda row: f"{row.user_name} · {row.right_name}",
        (_REASON, "user_name", "right_name"),
        of_the_record=False,
    ),
    "grouppolicy": Source(
        _("policies of groups"),
        _events(GroupPolicy, _ACTS, group_name=_GROUP),
        lambda row: str(row.group_name),
        (_REASON, "group_name"),
        of_the_record=False,
    ),
}
"""All of them, in the order in which the list to choose from has them."""


def verb(row: Any, changed: Iterable[str]) -> str:
    """What was done to the row, in a word or two."""
    names = set(changed)
    if row.pgh_label == "insert":
        return gettext("added")
    if row.pgh_label == "delete":
        return gettext("removed")
    if "decision" in names:
        decisions = {
            Decision.ACCEPTED.value: gettext("accepted"),
            Decision.REJECTED.value: gettext("rejected"),
            Decision.WITHDRAWN.value: gettext("withdrawn"),
        }
        return decisions.get(row.decision, gettext("taken back"))
    if "retracted" in names:
        return gettext("retracted") if row.retracted else gettext("counted again")
    if "withdrawn" in names:
        return gettext("withdrawn")
    return gettext("changed")
