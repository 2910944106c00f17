"""Who works at the desk and what came to it, as tables to take away. No secret goes out, and nothing comes in."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models import QuerySet

from restrictions.models import ApiToken, Report, Sample, Submission
from restrictions.queries.tables.cells import Codes, Instant, Names, shown
from restrictions.queries.tables.table import Table
from restrictions.rights import GROUPS


class ApiTokenTable(Table):
    """Tokens by what they are called: neither their digest nor how they begin."""

    takes_in = False

    scopes = shown("scopes", Codes())
    made_by = shown("made_by__username")
    expires_at = shown("expires_at", Instant())
    revoked_at = shown("revoked_at", Instant())
    revoked_by = shown("revoked_by__username")
    last_used_at = shown("last_used_at", Instant())
    recorded_at = shown("recorded_at", Instant())

    class Meta:
        model = ApiToken
        fields = (
            *("id", "name", "scopes", "made_by", "expires_at", "revoked_at", "revoked_by", "last_used_at"),
            "recorded_at",
        )
        export_order = fields
        import_id_fields = ("id",)

    def rows(self) -> "QuerySet[Any]":
        return ApiToken.objects.select_related("made_by", "revoked_by").defer("digest")


class SubmissionTable(Table):
    """What was handed in at once, and by whom."""

    takes_in = False

    id = shown("id")
    token = shown("token__name")
    sender = shown("sender__username")
    recorded_at = shown("recorded_at", Instant())

    class Meta:
        model = Submission
        fields = ("id", "token", "sender", "idempotency_key", "size", "recorded_at")
        export_order = fields
        import_id_fields = ("id",)

    def rows(self) -> "QuerySet[Any]":
        return Submission.objects.select_related("token", "sender").defer("outcomes")


class ReportTable(Table):
    """What readers say is wrong, and what came of it. How to reach them is not in it."""

    takes_in = False

    position = shown("position_id")
    closed_by = shown("closed_by__username")
    closed_at = shown("closed_at", Instant())
    recorded_at = shown("recorded_at", Instant())

    class Meta:
        model = Report
        fields = (
            *("id", "position", "sentence", "kind", "words", "source", "language", "state", "answer"),
            *("closed_by", "closed_at", "recorded_at"),
        )
        export_order = fields
        import_id_fields = ("id",)

    def rows(self) -> "QuerySet[Any]":
        return Report.objects.select_related("closed_by").defer("contact")


class SampleTable(Table):
    """What was drawn to be coded a second time. The codings are not in it: they are made blind."""

    takes_in = False

    languages = shown("languages", Codes())
    suppliers = shown("suppliers", Codes())
    published_from = shown("published_from")
    published_until = shown("published_until")
    drawn_by = shown("drawn_by__username")
    drawn_at = shown("drawn_at", Instant())

    class Meta:
        model = Sample
        fields = (
            *("id", "name", "size", "strata", "languages", "suppliers", "published_from", "published_until"),
            *("seed", "drawn_by", "drawn_at"),
        )
        export_order = fields
        import_id_fields = ("id",)

    def rows(self) -> "QuerySet[Any]":
        return Sample.objects.select_related("drawn_by")


class GroupNames(Names):
    """The groups of somebody, by name."""

    def render(self, value: Any, *_obj: Any, **_named: Any) -> str:
        return super().render(sorted(group.name for group in value.all() if group.name in GROUPS))


class UserTable(Table):
    """Who may sign in, by name, and their groups."""

    takes_in = False

    groups = shown("groups", GroupNames())

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "groups")
        export_order = fields
        import_id_fields = ("username",)

    def rows(self) -> "QuerySet[Any]":
        return User.objects.prefetch_related("groups")


class GroupTable(Table):
    """The groups of the table of rights."""

    takes_in = False

    class Meta:
        model = Group
        fields = ("name",)
        import_id_fields = ("name",)

    def rows(self) -> "QuerySet[Any]":
        return Group.objects.filter(name__in=GROUPS)
