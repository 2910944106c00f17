"""The record: its tables, and what the database itself guarantees."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.CreateModel(
            name="Country",
            fields=[
                (
                    "code",
                    models.CharField(
                        help_text="ISO 3166-1, two letters, such as UA.",
                        max_length=2,
                        primary_key=True,
                        serialize=False,
                        verbose_name="code",
                    ),
                ),
                ("name_en", models.TextField(verbose_name="English name")),
                ("name_fr", models.TextField(verbose_name="French name")),
            ],
            options={
                "verbose_name": "country",
                "verbose_name_plural": "countries",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Z]{2}$")),
                        name="country_code_is_two_capitals",
                        violation_error_message="A country's code is two capital letters, such as UA.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "address",
                    models.URLField(
                        blank=True,
                        help_text="The canonical web address. Empty where there is none.",
                        max_length=2000,
                        null=True,
                        verbose_name="address",
                    ),
                ),
                ("publisher", models.TextField(blank=True, default="", verbose_name="publisher")),
                (
                    "published_edtf",
                    models.CharField(
                        blank=True,
                        help_text="As the dispatch says, such as 2024-05. May be unknown.",
                        max_length=40,
                        null=True,
                        verbose_name="published",
                    ),
                ),
                ("published_earliest", models.DateField(blank=True, null=True, verbose_name="published, earliest")),
                ("published_latest", models.DateField(blank=True, null=True, verbose_name="published, latest")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("coding", "being coded"),
                            ("coded", "coded"),
                            ("duplicate", "duplicate"),
                            ("irrelevant", "irrelevant"),
                            ("retry", "tried again later"),
                            ("quarantined", "quarantined"),
                        ],
                        default="new",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "outcome",
                    models.TextField(
                        blank=True, default="", help_text="Why it stands where it stands.", verbose_name="outcome"
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("lease_token", models.UUIDField(blank=True, editable=False, null=True, verbose_name="lease")),
                (
                    "leased_until",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="leased until"),
                ),
                ("retry_at", models.DateTimeField(blank=True, null=True, verbose_name="retry at")),
                ("fingerprint", models.TextField(blank=True, default="", editable=False, verbose_name="fingerprint")),
                (
                    "synthetic",
                    models.BooleanField(
                        default=False,
                        help_text="Made by us for demonstration; not a real dispatch.",
                        verbose_name="synthetic",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="received at"
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        help_text="The dispatch that stands for this group of near-duplicates.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="restrictions.dispatch",
                        verbose_name="near-duplicate of",
                    ),
                ),
            ],
            options={
                "verbose_name": "dispatch",
                "verbose_name_plural": "dispatches",
                "ordering": ["-received_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="DispatchVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(default=1, verbose_name="number")),
                ("title", models.TextField(blank=True, default="", verbose_name="title")),
                ("body", models.TextField(blank=True, default="", verbose_name="body")),
                ("language", models.CharField(blank=True, default="", max_length=12, verbose_name="language")),
                (
                    "publisher",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="The dispatch's publisher, kept here to find the same text.",
                        verbose_name="publisher",
                    ),
                ),
                (
                    "content_hash",
                    models.CharField(
                        editable=False,
                        help_text="SHA-256 of title and body.",
                        max_length=64,
                        verbose_name="content hash",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="recorded at"
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="restrictions.dispatch",
                        verbose_name="dispatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "dispatch version",
                "verbose_name_plural": "dispatch versions",
                "ordering": ["dispatch", "number"],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("supplier", "supplier"), ("consent", "consent")],
                        default="supplier",
                        help_text="Whether the state supplies the weapon, or must agree to the use of another's.",
                        max_length=24,
                        verbose_name="role",
                    ),
                ),
                (
                    "track",
                    models.CharField(
                        choices=[("supply", "supply"), ("use", "use")],
                        help_text="Supply is about handing over, use is about firing.",
                        max_length=24,
                        verbose_name="track",
                    ),
                ),
                (
                    "territory",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The land where the targets lie, as a country code. The supply track has none.",
                        max_length=2,
                        verbose_name="territory",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("accepted", "accepted"), ("rejected", "rejected")],
                        default="proposed",
                        max_length=24,
                        verbose_name="decision",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="recorded at"
                    ),
                ),
                (
                    "quote",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Exact words of the body or of the title.",
                        verbose_name="quote",
                    ),
                ),
                (
                    "quote_in",
                    models.CharField(
                        blank=True,
                        choices=[("title", "title"), ("body", "body")],
                        default="",
                        max_length=5,
                        verbose_name="quote stands in",
                    ),
                ),
                (
                    "quote_start",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Characters (code points) before the quote.",
                        null=True,
                        verbose_name="quote starts",
                    ),
                ),
                (
                    "quote_end",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Characters (code points) up to the end of the quote.",
                        null=True,
                        verbose_name="quote ends",
                    ),
                ),
                (
                    "key",
                    models.TextField(
                        help_text="Stable name: the starter id, else address, version and quote offset.",
                        unique=True,
                        verbose_name="key",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("withheld", "withheld"),
                            ("banned", "banned"),
                            ("conditional", "conditional"),
                            ("allowed", "allowed"),
                            ("undisclosed", "undisclosed"),
                            ("supplied", "supplied"),
                            ("unstated", "unstated"),
                        ],
                        help_text="What the supplier lets the recipient do.",
                        max_length=24,
                        verbose_name="status",
                    ),
                ),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=6),
                        blank=True,
                        default=list,
                        help_text="Regions that the permission or ban is limited to, such as UA-63.",
                        size=None,
                        verbose_name="areas",
                    ),
                ),
                (
                    "area_role",
                    models.CharField(
                        blank=True,
                        choices=[("defended", "defended"), ("target", "target")],
                        help_text="Whether fire is allowed to protect the areas, or the targets lie in them.",
                        max_length=24,
                        null=True,
                        verbose_name="area's role",
                    ),
                ),
                (
                    "conditions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("counter_fire", "counter_fire"),
                                ("self_defence", "self_defence"),
                                ("border_zone", "border_zone"),
                                ("depth_limit", "depth_limit"),
                                ("no_deep_strike", "no_deep_strike"),
                                ("military_targets", "military_targets"),
                                ("case_by_case", "case_by_case"),
                                ("third_party_consent", "third_party_consent"),
                                ("own_territory_only", "own_territory_only"),
                                ("air_defence_only", "air_defence_only"),
                                ("assurances", "assurances"),
                                ("partial", "partial"),
                                ("temporary", "temporary"),
                            ],
                            max_length=24,
                        ),
                        blank=True,
                        default=list,
                        help_text="The other limits that the text states.",
                        size=None,
                        verbose_name="conditions",
                    ),
                ),
                (
                    "depth_km",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="How far beyond the border, in whole kilometres.",
                        null=True,
                        verbose_name="depth in km",
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[("sets", "sets"), ("reaffirms", "reaffirms"), ("denies", "denies")],
                        help_text="Whether the position is new, upheld, or a change is denied.",
                        max_length=24,
                        verbose_name="act",
                    ),
                ),
                (
                    "attribution",
                    models.CharField(
                        choices=[
                            ("named_official", "named_official"),
                            ("anonymous_official", "anonymous_official"),
                            ("document", "document"),
                            ("media", "media"),
                            ("recipient_official", "recipient_official"),
                        ],
                        help_text="Who vouches for it.",
                        max_length=24,
                        verbose_name="attribution",
                    ),
                ),
                (
                    "effective_edtf",
                    models.CharField(
                        blank=True,
                        help_text="Since when the position holds, such as 2024-05-30 or 2024-05.",
                        max_length=40,
                        null=True,
                        verbose_name="effective",
                    ),
                ),
                ("effective_earliest", models.DateField(blank=True, null=True, verbose_name="effective, earliest")),
                ("effective_latest", models.DateField(blank=True, null=True, verbose_name="effective, latest")),
                ("published_edtf", models.CharField(blank=True, max_length=40, null=True, verbose_name="published")),
                ("published_earliest", models.DateField(blank=True, null=True, verbose_name="published, earliest")),
                ("published_latest", models.DateField(blank=True, null=True, verbose_name="published, latest")),
                (
                    "prior",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withheld", "withheld"),
                            ("banned", "banned"),
                            ("conditional", "conditional"),
                            ("allowed", "allowed"),
                            ("undisclosed", "undisclosed"),
                            ("supplied", "supplied"),
                            ("unstated", "unstated"),
                        ],
                        help_text="The status that the text says held until then.",
                        max_length=24,
                        null=True,
                        verbose_name="before that",
                    ),
                ),
                ("speaker", models.TextField(blank=True, default="", verbose_name="speaker")),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="In our words, where no quote is held.",
                        verbose_name="summary",
                    ),
                ),
                ("weak_source", models.BooleanField(default=False, verbose_name="weak source")),
                ("notes", models.TextField(blank=True, default="", verbose_name="notes")),
                (
                    "retracted",
                    models.BooleanField(
                        default=False, help_text="Stays in the log and counts for nothing.", verbose_name="retracted"
                    ),
                ),
                ("retracted_reason", models.TextField(blank=True, default="", verbose_name="why retracted")),
                (
                    "coder",
                    models.TextField(
                        blank=True, default="", help_text="The program or list that proposed it.", verbose_name="coder"
                    ),
                ),
                ("coder_version", models.TextField(blank=True, default="", verbose_name="coder's version")),
                (
                    "rule_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="rules that fired",
                    ),
                ),
                (
                    "confidence",
                    models.FloatField(blank=True, help_text="From 0 to 1.", null=True, verbose_name="confidence"),
                ),
                (
                    "machine",
                    models.JSONField(
                        blank=True,
                        editable=False,
                        help_text="Untouched by curators.",
                        null=True,
                        verbose_name="what the machine said",
                    ),
                ),
                ("decision_reason", models.TextField(blank=True, default="", verbose_name="reason of the decision")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The state that was given the weapons.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="restrictions.country",
                        verbose_name="recipient",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The state whose weapons and whose rule this is.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="restrictions.country",
                        verbose_name="supplier",
                    ),
                ),
                (
                    "dispatch_version",
                    models.ForeignKey(
                        blank=True,
                        help_text="The text that was coded. Empty where no dispatch is held.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="restrictions.dispatchversion",
                        verbose_name="dispatch version",
                    ),
                ),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
                "ordering": ["key"],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("accepted", "accepted"), ("rejected", "rejected")],
                        default="proposed",
                        max_length=24,
                        verbose_name="decision",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="recorded at"
                    ),
                ),
                (
                    "quote",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Exact words of the body or of the title.",
                        verbose_name="quote",
                    ),
                ),
                (
                    "quote_in",
                    models.CharField(
                        blank=True,
                        choices=[("title", "title"), ("body", "body")],
                        default="",
                        max_length=5,
                        verbose_name="quote stands in",
                    ),
                ),
                (
                    "quote_start",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Characters (code points) before the quote.",
                        null=True,
                        verbose_name="quote starts",
                    ),
                ),
                (
                    "quote_end",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Characters (code points) up to the end of the quote.",
                        null=True,
                        verbose_name="quote ends",
                    ),
                ),
                ("key", models.TextField(unique=True, verbose_name="key")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("signals", "signals"),
                            ("urges", "urges"),
                            ("responds", "responds"),
                            ("used", "used"),
                        ],
                        max_length=24,
                        verbose_name="act",
                    ),
                ),
                ("actor", models.TextField(help_text="A country code, or a name such as NATO.", verbose_name="actor")),
                ("territory", models.CharField(blank=True, default="", max_length=2, verbose_name="territory")),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=6),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="areas",
                    ),
                ),
                ("day_edtf", models.CharField(blank=True, max_length=40, null=True, verbose_name="day")),
                ("day_earliest", models.DateField(blank=True, null=True, verbose_name="day, earliest")),
                ("day_latest", models.DateField(blank=True, null=True, verbose_name="day, latest")),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="In our words, where no quote is held.",
                        verbose_name="summary",
                    ),
                ),
                (
                    "source_url",
                    models.URLField(blank=True, default="", max_length=2000, verbose_name="source's address"),
                ),
                ("source_publisher", models.TextField(blank=True, default="", verbose_name="source's publisher")),
                ("source_title", models.TextField(blank=True, default="", verbose_name="source's title")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "dispatch_version",
                    models.ForeignKey(
                        blank=True,
                        help_text="The text that was coded. Empty where no dispatch is held.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="restrictions.dispatchversion",
                        verbose_name="dispatch version",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="restrictions.country",
                        verbose_name="recipient",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="restrictions.country",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "mark",
                "verbose_name_plural": "marks",
                "ordering": ["day_latest", "key"],
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("supplier", "supplier"), ("consent", "consent")],
                        default="supplier",
                        help_text="Whether the state supplies the weapon, or must agree to the use of another's.",
                        max_length=24,
                        verbose_name="role",
                    ),
                ),
                (
                    "track",
                    models.CharField(
                        choices=[("supply", "supply"), ("use", "use")],
                        help_text="Supply is about handing over, use is about firing.",
                        max_length=24,
                        verbose_name="track",
                    ),
                ),
                (
                    "territory",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The land where the targets lie, as a country code. The supply track has none.",
                        max_length=2,
                        verbose_name="territory",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("withheld", "withheld"),
                            ("banned", "banned"),
                            ("conditional", "conditional"),
                            ("allowed", "allowed"),
                            ("undisclosed", "undisclosed"),
                            ("supplied", "supplied"),
                            ("unstated", "unstated"),
                        ],
                        max_length=24,
                        verbose_name="status",
                    ),
                ),
                ("starts_edtf", models.CharField(max_length=40, verbose_name="starts")),
                ("starts_earliest", models.DateField(verbose_name="starts, earliest")),
                ("starts_latest", models.DateField(verbose_name="starts, latest")),
                (
                    "open_start",
                    models.BooleanField(
                        default=False,
                        help_text="The true start is unknown; this is the first day known to hold.",
                        verbose_name="open start",
                    ),
                ),
                (
                    "ends_edtf",
                    models.CharField(
                        blank=True,
                        help_text="Empty: nothing later is known.",
                        max_length=40,
                        null=True,
                        verbose_name="ends",
                    ),
                ),
                ("ends_earliest", models.DateField(blank=True, null=True, verbose_name="ends, earliest")),
                ("ends_latest", models.DateField(blank=True, null=True, verbose_name="ends, latest")),
                (
                    "validity",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="The days for which reads answer with this position.", verbose_name="in force"
                    ),
                ),
                (
                    "limits",
                    models.JSONField(
                        blank=True, default=list, help_text="Each with the claims that state it.", verbose_name="limits"
                    ),
                ),
                ("announced_edtf", models.CharField(max_length=40, verbose_name="announced")),
                ("announced_earliest", models.DateField(verbose_name="announced, earliest")),
                ("announced_latest", models.DateField(verbose_name="announced, latest")),
                ("last_confirmed", models.DateField(verbose_name="last confirmed")),
                ("first_used_edtf", models.CharField(blank=True, max_length=40, null=True, verbose_name="first used")),
                ("provisional", models.BooleanField(default=False, verbose_name="provisional")),
                ("contested", models.BooleanField(default=False, verbose_name="contested")),
                (
                    "practice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withheld", "withheld"),
                            ("banned", "banned"),
                            ("conditional", "conditional"),
                            ("allowed", "allowed"),
                            ("undisclosed", "undisclosed"),
                            ("supplied", "supplied"),
                            ("unstated", "unstated"),
                        ],
                        max_length=24,
                        null=True,
                        verbose_name="practice",
                    ),
                ),
                ("summary", models.TextField(blank=True, default="", verbose_name="summary")),
                (
                    "rules",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="rules that made it",
                    ),
                ),
                (
                    "shown",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Evidence, quotes, sources and names, as shown then.",
                        verbose_name="what is shown",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The state that was given the weapons.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="restrictions.country",
                        verbose_name="recipient",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The state whose weapons and whose rule this is.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="restrictions.country",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "position",
                "verbose_name_plural": "positions",
                "ordering": ["supplier", "recipient", "weapon", "track", "starts_latest", "id"],
            },
        ),
        migrations.CreateModel(
            name="PositionEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveIntegerField(default=0, verbose_name="place in the evidence")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_of",
                        to="restrictions.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="restrictions.position",
                        verbose_name="position",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["position", "ordinal"],
            },
        ),
        migrations.AddField(
            model_name="position",
            name="claims",
            field=models.ManyToManyField(
                related_name="positions",
                through="restrictions.PositionEvidence",
                to="restrictions.claim",
                verbose_name="claims",
            ),
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "code",
                    models.CharField(
                        help_text="ISO 3166-2, such as UA-63.",
                        max_length=6,
                        primary_key=True,
                        serialize=False,
                        verbose_name="code",
                    ),
                ),
                ("name_en", models.TextField(verbose_name="English name")),
                ("name_fr", models.TextField(verbose_name="French name")),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regions",
                        to="restrictions.country",
                        verbose_name="country",
                    ),
                ),
            ],
            options={
                "verbose_name": "region",
                "verbose_name_plural": "regions",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "instant",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="Set by the database, always rising.",
                        unique=True,
                        verbose_name="instant",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("rules_version", models.TextField(verbose_name="version of the rules")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="actor",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["-instant"],
            },
        ),
        migrations.AddField(
            model_name="position",
            name="revision",
            field=models.ForeignKey(
                editable=False,
                help_text="The revision that wrote it last; set by the database.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="positions",
                to="restrictions.revision",
                verbose_name="revision",
            ),
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("supplier", "supplier"), ("consent", "consent")],
                        default="supplier",
                        help_text="Whether the state supplies the weapon, or must agree to the use of another's.",
                        max_length=24,
                        verbose_name="role",
                    ),
                ),
                (
                    "track",
                    models.CharField(
                        choices=[("supply", "supply"), ("use", "use")],
                        help_text="Supply is about handing over, use is about firing.",
                        max_length=24,
                        verbose_name="track",
                    ),
                ),
                (
                    "territory",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The land where the targets lie, as a country code. The supply track has none.",
                        max_length=2,
                        verbose_name="territory",
                    ),
                ),
                ("key", models.TextField(unique=True, verbose_name="key")),
                ("first", models.DateField(help_text="The first day ruled on.", verbose_name="first day")),
                ("until", models.DateField(help_text="The first day no longer ruled on.", verbose_name="until")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("withheld", "withheld"),
                            ("banned", "banned"),
                            ("conditional", "conditional"),
                            ("allowed", "allowed"),
                            ("undisclosed", "undisclosed"),
                            ("supplied", "supplied"),
                            ("unstated", "unstated"),
                        ],
                        max_length=24,
                        verbose_name="status",
                    ),
                ),
                (
                    "practice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withheld", "withheld"),
                            ("banned", "banned"),
                            ("conditional", "conditional"),
                            ("allowed", "allowed"),
                            ("undisclosed", "undisclosed"),
                            ("supplied", "supplied"),
                            ("unstated", "unstated"),
                        ],
                        help_text="The status observed, where it departs from the declared.",
                        max_length=24,
                        null=True,
                        verbose_name="practice",
                    ),
                ),
                ("reason", models.TextField(help_text="Shown to the public.", verbose_name="reason")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="recorded at"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The state that was given the weapons.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="restrictions.country",
                        verbose_name="recipient",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The state whose weapons and whose rule this is.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="restrictions.country",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "settlement",
                "verbose_name_plural": "settlements",
                "ordering": ["key"],
            },
        ),
        migrations.CreateModel(
            name="Silence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="silence_of",
                        to="restrictions.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="silences",
                        to="restrictions.position",
                        verbose_name="position",
                    ),
                ),
            ],
            options={
                "verbose_name": "silence",
                "verbose_name_plural": "silences",
                "ordering": ["position", "day", "id"],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="place in the list")),
                ("url", models.URLField(max_length=2000, verbose_name="address")),
                ("publisher", models.TextField(blank=True, default="", verbose_name="publisher")),
                ("title", models.TextField(blank=True, default="", verbose_name="title")),
                (
                    "published",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="EDTF; empty where unknown.",
                        max_length=40,
                        verbose_name="published",
                    ),
                ),
                ("language", models.CharField(blank=True, default="", max_length=12, verbose_name="language")),
                (
                    "stored_copy",
                    models.BooleanField(
                        default=False,
                        help_text="Read in an archive, not at its own address.",
                        verbose_name="seen as a stored copy",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="restrictions.claim",
                        verbose_name="claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["claim", "position"],
            },
        ),
        migrations.CreateModel(
            name="Stretch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField(verbose_name="first day")),
                (
                    "until",
                    models.DateField(
                        blank=True, help_text="The first day no longer contested.", null=True, verbose_name="until"
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("withheld", "withheld"),
                            ("banned", "banned"),
                            ("conditional", "conditional"),
                            ("allowed", "allowed"),
                            ("undisclosed", "undisclosed"),
                            ("supplied", "supplied"),
                            ("unstated", "unstated"),
                        ],
                        max_length=24,
                        verbose_name="standing side",
                    ),
                ),
                (
                    "challenger",
                    models.CharField(
                        choices=[
                            ("withheld", "withheld"),
                            ("banned", "banned"),
                            ("conditional", "conditional"),
                            ("allowed", "allowed"),
                            ("undisclosed", "undisclosed"),
                            ("supplied", "supplied"),
                            ("unstated", "unstated"),
                        ],
                        max_length=24,
                        verbose_name="challenging side",
                    ),
                ),
                (
                    "standing_claims",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        default=list,
                        size=None,
                        verbose_name="claims of the standing side",
                    ),
                ),
                (
                    "challenger_claims",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        default=list,
                        size=None,
                        verbose_name="claims of the challenging side",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("upheld", "upheld"),
                            ("turned", "turned"),
                            ("withdrawn", "withdrawn"),
                            ("late_report", "late_report"),
                            ("settled", "settled"),
                        ],
                        max_length=24,
                        verbose_name="outcome",
                    ),
                ),
                ("rule", models.TextField(verbose_name="rule")),
                ("limits_only", models.BooleanField(default=False, verbose_name="limits only")),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stretches",
                        to="restrictions.position",
                        verbose_name="position",
                    ),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stretches",
                        to="restrictions.settlement",
                        verbose_name="settlement",
                    ),
                ),
            ],
            options={
                "verbose_name": "contested stretch",
                "verbose_name_plural": "contested stretches",
                "ordering": ["position", "first", "id"],
            },
        ),
        migrations.CreateModel(
            name="Weapon",
            fields=[
                (
                    "code",
                    models.CharField(
                        help_text="Lower case, such as storm_shadow.",
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                        verbose_name="code",
                    ),
                ),
                ("name", models.TextField(verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("any", "any"), ("class", "class"), ("system", "system")],
                        help_text="One system, a class of systems, or any weapon.",
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                (
                    "long_range",
                    models.BooleanField(
                        default=False,
                        help_text="A rule for long-range weapons covers it, after its class's.",
                        verbose_name="long range",
                    ),
                ),
                ("range_km", models.PositiveIntegerField(blank=True, null=True, verbose_name="range in km")),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        default=list,
                        help_text="Other names in texts.",
                        size=None,
                        verbose_name="aliases",
                    ),
                ),
                (
                    "makers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2),
                        blank=True,
                        default=list,
                        help_text="Country codes of the states that make it.",
                        size=None,
                        verbose_name="makers",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose rule holds where this weapon has none. Only “any” has no class.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="restrictions.weapon",
                        verbose_name="class",
                    ),
                ),
            ],
            options={
                "verbose_name": "weapon",
                "verbose_name_plural": "weapons",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="SettlementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[("supplier", "supplier"), ("consent", "consent")],
                        default="supplier",
                        help_text="Whether the state supplies the weapon, or must agree to the use of another's.",
                        max_length=24,
                        verbose_name="role",
                    ),
                ),
                (
                    "track",
                    models.CharField(
                        choices=[("supply", "supply"), ("use", "use")],
                        help_text="Supply is about handing over, use is about firing.",
                        max_length=24,
                        verbose_name="track",
                    ),
                ),
                (
                    "territory",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The land where the targets lie, as a country code. The supply track has none.",
                        max_length=2,
                        verbose_name="territory",
                    ),
                ),
                ("key", models.TextField(verbose_name="key")),
                ("first", models.DateField(help_text="The first day ruled on.", verbose_name="first day")),
                ("until", models.DateField(help_text="The first day no longer ruled on.", verbose_name="until")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("withheld", "withheld"),
                            ("banned", "banned"),
                            ("conditional", "conditional"),
                            ("allowed", "allowed"),
                            ("undisclosed", "undisclosed"),
                            ("supplied", "supplied"),
                            ("unstated", "unstated"),
                        ],
                        max_length=24,
                        verbose_name="status",
                    ),
                ),
                (
                    "practice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withheld", "withheld"),
                            ("banned", "banned"),
                            ("conditional", "conditional"),
                            ("allowed", "allowed"),
                            ("undisclosed", "undisclosed"),
                            ("supplied", "supplied"),
                            ("unstated", "unstated"),
                        ],
                        help_text="The status observed, where it departs from the declared.",
                        max_length=24,
                        null=True,
                        verbose_name="practice",
                    ),
                ),
                ("reason", models.TextField(help_text="Shown to the public.", verbose_name="reason")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="recorded at"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="restrictions.settlement",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The state that was given the weapons.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="restrictions.country",
                        verbose_name="recipient",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The state whose weapons and whose rule this is.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="restrictions.country",
                        verbose_name="supplier",
                    ),
                ),
                (
                    "weapon",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The narrowest weapon named; “any” for weapons in general.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="restrictions.weapon",
                        verbose_name="weapon",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="settlement",
            name="weapon",
            field=models.ForeignKey(
                db_index=False,
                help_text="The narrowest weapon named; “any” for weapons in general.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="restrictions.weapon",
                verbose_name="weapon",
            ),
        ),
        migrations.CreateModel(
            name="PositionVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("supplier", "supplier"), ("consent", "consent")],
                        default="supplier",
                        help_text="Whether the state supplies the weapon, or must agree to the use of another's.",
                        max_length=24,
                        verbose_name="role",
                    ),
                ),
                (
                    "track",
                    models.CharField(
                        choices=[("supply", "supply"), ("use", "use")],
                        help_text="Supply is about handing over, use is about firing.",
                        max_length=24,
                        verbose_name="track",
                    ),
                ),
                (
                    "territory",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The land where the targets lie, as a country code. The supply track has none.",
                        max_length=2,
                        verbose_name="territory",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("withheld", "withheld"),
                            ("banned", "banned"),
                            ("conditional", "conditional"),
                            ("allowed", "allowed"),
                            ("undisclosed", "undisclosed"),
                            ("supplied", "supplied"),
                            ("unstated", "unstated"),
                        ],
                        max_length=24,
                        verbose_name="status",
                    ),
                ),
                ("starts_edtf", models.CharField(max_length=40, verbose_name="starts")),
                ("starts_earliest", models.DateField(verbose_name="starts, earliest")),
                ("starts_latest", models.DateField(verbose_name="starts, latest")),
                (
                    "open_start",
                    models.BooleanField(
                        default=False,
                        help_text="The true start is unknown; this is the first day known to hold.",
                        verbose_name="open start",
                    ),
                ),
                (
                    "ends_edtf",
                    models.CharField(
                        blank=True,
                        help_text="Empty: nothing later is known.",
                        max_length=40,
                        null=True,
                        verbose_name="ends",
                    ),
                ),
                ("ends_earliest", models.DateField(blank=True, null=True, verbose_name="ends, earliest")),
                ("ends_latest", models.DateField(blank=True, null=True, verbose_name="ends, latest")),
                (
                    "validity",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="The days for which reads answer with this position.", verbose_name="in force"
                    ),
                ),
                (
                    "limits",
                    models.JSONField(
                        blank=True, default=list, help_text="Each with the claims that state it.", verbose_name="limits"
                    ),
                ),
                ("announced_edtf", models.CharField(max_length=40, verbose_name="announced")),
                ("announced_earliest", models.DateField(verbose_name="announced, earliest")),
                ("announced_latest", models.DateField(verbose_name="announced, latest")),
                ("last_confirmed", models.DateField(verbose_name="last confirmed")),
                ("first_used_edtf", models.CharField(blank=True, max_length=40, null=True, verbose_name="first used")),
                ("provisional", models.BooleanField(default=False, verbose_name="provisional")),
                ("contested", models.BooleanField(default=False, verbose_name="contested")),
                (
                    "practice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withheld", "withheld"),
                            ("banned", "banned"),
                            ("conditional", "conditional"),
                            ("allowed", "allowed"),
                            ("undisclosed", "undisclosed"),
                            ("supplied", "supplied"),
                            ("unstated", "unstated"),
                        ],
                        max_length=24,
                        null=True,
                        verbose_name="practice",
                    ),
                ),
                ("summary", models.TextField(blank=True, default="", verbose_name="summary")),
                (
                    "rules",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="rules that made it",
                    ),
                ),
                (
                    "shown",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Evidence, quotes, sources and names, as shown then.",
                        verbose_name="what is shown",
                    ),
                ),
                ("position_id", models.BigIntegerField(db_index=True, verbose_name="position")),
                (
                    "recorded",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        help_text="From the revision that wrote it to the one that replaced it.",
                        verbose_name="recorded",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The state that was given the weapons.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="restrictions.country",
                        verbose_name="recipient",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The state whose weapons and whose rule this is.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="restrictions.country",
                        verbose_name="supplier",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closed_versions",
                        to="restrictions.revision",
                        verbose_name="closed by",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opened_versions",
                        to="restrictions.revision",
                        verbose_name="opened by",
                    ),
                ),
                (
                    "weapon",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The narrowest weapon named; “any” for weapons in general.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="restrictions.weapon",
                        verbose_name="weapon",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a position",
                "verbose_name_plural": "versions of positions",
                "ordering": ["position_id", "recorded"],
            },
        ),
        migrations.AddField(
            model_name="position",
            name="weapon",
            field=models.ForeignKey(
                db_index=False,
                help_text="The narrowest weapon named; “any” for weapons in general.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="restrictions.weapon",
                verbose_name="weapon",
            ),
        ),
        migrations.CreateModel(
            name="MarkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "decision",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("accepted", "accepted"), ("rejected", "rejected")],
                        default="proposed",
                        max_length=24,
                        verbose_name="decision",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="recorded at"
                    ),
                ),
                (
                    "quote",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Exact words of the body or of the title.",
                        verbose_name="quote",
                    ),
                ),
                (
                    "quote_in",
                    models.CharField(
                        blank=True,
                        choices=[("title", "title"), ("body", "body")],
                        default="",
                        max_length=5,
                        verbose_name="quote stands in",
                    ),
                ),
                (
                    "quote_start",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Characters (code points) before the quote.",
                        null=True,
                        verbose_name="quote starts",
                    ),
                ),
                (
                    "quote_end",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Characters (code points) up to the end of the quote.",
                        null=True,
                        verbose_name="quote ends",
                    ),
                ),
                ("key", models.TextField(verbose_name="key")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("signals", "signals"),
                            ("urges", "urges"),
                            ("responds", "responds"),
                            ("used", "used"),
                        ],
                        max_length=24,
                        verbose_name="act",
                    ),
                ),
                ("actor", models.TextField(help_text="A country code, or a name such as NATO.", verbose_name="actor")),
                ("territory", models.CharField(blank=True, default="", max_length=2, verbose_name="territory")),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=6),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="areas",
                    ),
                ),
                ("day_edtf", models.CharField(blank=True, max_length=40, null=True, verbose_name="day")),
                ("day_earliest", models.DateField(blank=True, null=True, verbose_name="day, earliest")),
                ("day_latest", models.DateField(blank=True, null=True, verbose_name="day, latest")),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="In our words, where no quote is held.",
                        verbose_name="summary",
                    ),
                ),
                (
                    "source_url",
                    models.URLField(blank=True, default="", max_length=2000, verbose_name="source's address"),
                ),
                ("source_publisher", models.TextField(blank=True, default="", verbose_name="source's publisher")),
                ("source_title", models.TextField(blank=True, default="", verbose_name="source's title")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "dispatch_version",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The text that was coded. Empty where no dispatch is held.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="restrictions.dispatchversion",
                        verbose_name="dispatch version",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="restrictions.mark",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="restrictions.country",
                        verbose_name="recipient",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="restrictions.country",
                        verbose_name="supplier",
                    ),
                ),
                (
                    "weapon",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="restrictions.weapon",
                        verbose_name="weapon",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="mark",
            name="weapon",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="restrictions.weapon",
                verbose_name="weapon",
            ),
        ),
        migrations.CreateModel(
            name="ClaimEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[("supplier", "supplier"), ("consent", "consent")],
                        default="supplier",
                        help_text="Whether the state supplies the weapon, or must agree to the use of another's.",
                        max_length=24,
                        verbose_name="role",
                    ),
                ),
                (
                    "track",
                    models.CharField(
                        choices=[("supply", "supply"), ("use", "use")],
                        help_text="Supply is about handing over, use is about firing.",
                        max_length=24,
                        verbose_name="track",
                    ),
                ),
                (
                    "territory",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The land where the targets lie, as a country code. The supply track has none.",
                        max_length=2,
                        verbose_name="territory",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("accepted", "accepted"), ("rejected", "rejected")],
                        default="proposed",
                        max_length=24,
                        verbose_name="decision",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="recorded at"
                    ),
                ),
                (
                    "quote",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Exact words of the body or of the title.",
                        verbose_name="quote",
                    ),
                ),
                (
                    "quote_in",
                    models.CharField(
                        blank=True,
                        choices=[("title", "title"), ("body", "body")],
                        default="",
                        max_length=5,
                        verbose_name="quote stands in",
                    ),
                ),
                (
                    "quote_start",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Characters (code points) before the quote.",
                        null=True,
                        verbose_name="quote starts",
                    ),
                ),
                (
                    "quote_end",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Characters (code points) up to the end of the quote.",
                        null=True,
                        verbose_name="quote ends",
                    ),
                ),
                (
                    "key",
                    models.TextField(
                        help_text="Stable name: the starter id, else address, version and quote offset.",
                        verbose_name="key",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("withheld", "withheld"),
                            ("banned", "banned"),
                            ("conditional", "conditional"),
                            ("allowed", "allowed"),
                            ("undisclosed", "undisclosed"),
                            ("supplied", "supplied"),
                            ("unstated", "unstated"),
                        ],
                        help_text="What the supplier lets the recipient do.",
                        max_length=24,
                        verbose_name="status",
                    ),
                ),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=6),
                        blank=True,
                        default=list,
                        help_text="Regions that the permission or ban is limited to, such as UA-63.",
                        size=None,
                        verbose_name="areas",
                    ),
                ),
                (
                    "area_role",
                    models.CharField(
                        blank=True,
                        choices=[("defended", "defended"), ("target", "target")],
                        help_text="Whether fire is allowed to protect the areas, or the targets lie in them.",
                        max_length=24,
                        null=True,
                        verbose_name="area's role",
                    ),
                ),
                (
                    "conditions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("counter_fire", "counter_fire"),
                                ("self_defence", "self_defence"),
                                ("border_zone", "border_zone"),
                                ("depth_limit", "depth_limit"),
                                ("no_deep_strike", "no_deep_strike"),
                                ("military_targets", "military_targets"),
                                ("case_by_case", "case_by_case"),
                                ("third_party_consent", "third_party_consent"),
                                ("own_territory_only", "own_territory_only"),
                                ("air_defence_only", "air_defence_only"),
                                ("assurances", "assurances"),
                                ("partial", "partial"),
                                ("temporary", "temporary"),
                            ],
                            max_length=24,
                        ),
                        blank=True,
                        default=list,
                        help_text="The other limits that the text states.",
                        size=None,
                        verbose_name="conditions",
                    ),
                ),
                (
                    "depth_km",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="How far beyond the border, in whole kilometres.",
                        null=True,
                        verbose_name="depth in km",
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[("sets", "sets"), ("reaffirms", "reaffirms"), ("denies", "denies")],
                        help_text="Whether the position is new, upheld, or a change is denied.",
                        max_length=24,
                        verbose_name="act",
                    ),
                ),
                (
                    "attribution",
                    models.CharField(
                        choices=[
                            ("named_official", "named_official"),
                            ("anonymous_official", "anonymous_official"),
                            ("document", "document"),
                            ("media", "media"),
                            ("recipient_official", "recipient_official"),
                        ],
                        help_text="Who vouches for it.",
                        max_length=24,
                        verbose_name="attribution",
                    ),
                ),
                (
                    "effective_edtf",
                    models.CharField(
                        blank=True,
                        help_text="Since when the position holds, such as 2024-05-30 or 2024-05.",
                        max_length=40,
                        null=True,
                        verbose_name="effective",
                    ),
                ),
                ("effective_earliest", models.DateField(blank=True, null=True, verbose_name="effective, earliest")),
                ("effective_latest", models.DateField(blank=True, null=True, verbose_name="effective, latest")),
                ("published_edtf", models.CharField(blank=True, max_length=40, null=True, verbose_name="published")),
                ("published_earliest", models.DateField(blank=True, null=True, verbose_name="published, earliest")),
                ("published_latest", models.DateField(blank=True, null=True, verbose_name="published, latest")),
                (
                    "prior",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withheld", "withheld"),
                            ("banned", "banned"),
                            ("conditional", "conditional"),
                            ("allowed", "allowed"),
                            ("undisclosed", "undisclosed"),
                            ("supplied", "supplied"),
                            ("unstated", "unstated"),
                        ],
                        help_text="The status that the text says held until then.",
                        max_length=24,
                        null=True,
                        verbose_name="before that",
                    ),
                ),
                ("speaker", models.TextField(blank=True, default="", verbose_name="speaker")),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="In our words, where no quote is held.",
                        verbose_name="summary",
                    ),
                ),
                ("weak_source", models.BooleanField(default=False, verbose_name="weak source")),
                ("notes", models.TextField(blank=True, default="", verbose_name="notes")),
                (
                    "retracted",
                    models.BooleanField(
                        default=False, help_text="Stays in the log and counts for nothing.", verbose_name="retracted"
                    ),
                ),
                ("retracted_reason", models.TextField(blank=True, default="", verbose_name="why retracted")),
                (
                    "coder",
                    models.TextField(
                        blank=True, default="", help_text="The program or list that proposed it.", verbose_name="coder"
                    ),
                ),
                ("coder_version", models.TextField(blank=True, default="", verbose_name="coder's version")),
                (
                    "rule_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="rules that fired",
                    ),
                ),
                (
                    "confidence",
                    models.FloatField(blank=True, help_text="From 0 to 1.", null=True, verbose_name="confidence"),
                ),
                (
                    "machine",
                    models.JSONField(
                        blank=True,
                        editable=False,
                        help_text="Untouched by curators.",
                        null=True,
                        verbose_name="what the machine said",
                    ),
                ),
                ("decision_reason", models.TextField(blank=True, default="", verbose_name="reason of the decision")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="restrictions.claim",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The state that was given the weapons.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="restrictions.country",
                        verbose_name="recipient",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The state whose weapons and whose rule this is.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="restrictions.country",
                        verbose_name="supplier",
                    ),
                ),
                (
                    "dispatch_version",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The text that was coded. Empty where no dispatch is held.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="restrictions.dispatchversion",
                        verbose_name="dispatch version",
                    ),
                ),
                (
                    "weapon",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The narrowest weapon named; “any” for weapons in general.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="restrictions.weapon",
                        verbose_name="weapon",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="weapon",
            field=models.ForeignKey(
                db_index=False,
                help_text="The narrowest weapon named; “any” for weapons in general.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="restrictions.weapon",
                verbose_name="weapon",
            ),
        ),
        migrations.CreateModel(
            name="WeaponEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "code",
                    models.CharField(
                        help_text="Lower case, such as storm_shadow.",
                        max_length=40,
                        serialize=False,
                        verbose_name="code",
                    ),
                ),
                ("name", models.TextField(verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("any", "any"), ("class", "class"), ("system", "system")],
                        help_text="One system, a class of systems, or any weapon.",
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                (
                    "long_range",
                    models.BooleanField(
                        default=False,
                        help_text="A rule for long-range weapons covers it, after its class's.",
                        verbose_name="long range",
                    ),
                ),
                ("range_km", models.PositiveIntegerField(blank=True, null=True, verbose_name="range in km")),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        default=list,
                        help_text="Other names in texts.",
                        size=None,
                        verbose_name="aliases",
                    ),
                ),
                (
                    "makers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2),
                        blank=True,
                        default=list,
                        help_text="Country codes of the states that make it.",
                        size=None,
                        verbose_name="makers",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Whose rule holds where this weapon has none. Only “any” has no class.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="restrictions.weapon",
                        verbose_name="class",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="restrictions.weapon",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(
                condition=models.Q(("state__in", ["new", "coding", "retry"])),
                fields=["received_at"],
                name="dispatch_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(fields=["fingerprint"], name="dispatch_fingerprint"),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.UniqueConstraint(
                fields=("address",),
                name="dispatch_one_per_address",
                violation_error_message="A dispatch of this address is already held.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_earliest__isnull", True),
                        ("published_edtf__isnull", True),
                        ("published_latest__isnull", True),
                    ),
                    models.Q(
                        ("published_earliest__isnull", False),
                        ("published_edtf__isnull", False),
                        ("published_latest__isnull", False),
                        ("published_earliest__lte", models.F("published_latest")),
                    ),
                    _connector="OR",
                ),
                name="dispatch_published_is_whole",
                violation_error_message="A day needs its text and both bounds, the earliest first; or none of them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "coding"), _negated=True),
                    models.Q(("lease_token__isnull", False), ("leased_until__isnull", False)),
                    _connector="OR",
                ),
                name="dispatch_coding_is_leased",
                violation_error_message="A dispatch that is being coded needs a lease.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "retry"), _negated=True), ("retry_at__isnull", False), _connector="OR"
                ),
                name="dispatch_retry_has_time",
                violation_error_message="A dispatch that is tried again needs the time of it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "quarantined"), _negated=True),
                    models.Q(("outcome", ""), _negated=True),
                    _connector="OR",
                ),
                name="dispatch_quarantine_has_reason",
                violation_error_message="A dispatch in quarantine needs the reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatchversion",
            constraint=models.UniqueConstraint(
                fields=("dispatch", "number"),
                name="dispatch_version_number_once",
                violation_error_message="This dispatch already has a version of this number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatchversion",
            constraint=models.UniqueConstraint(
                fields=("content_hash", "publisher"),
                name="dispatch_version_content_once",
                nulls_distinct=False,
                violation_error_message="The same text of this publisher is already held.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatchversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("content_hash__regex", "^[0-9a-f]{64}$")),
                name="dispatch_version_hash_is_sha256",
                violation_error_message="A content hash is 64 hexadecimal digits.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dispatchversion",
            trigger=pgtrigger.compiler.Trigger(
                name="text_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."content_hash" IS DISTINCT FROM (NEW."content_hash") OR OLD."dispatch_id" IS DISTINCT FROM (NEW."dispatch_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                    func="RAISE EXCEPTION 'The text of a dispatch version never changes: quotes point into it. Add a version.' USING ERRCODE = 'check_violation';",
                    hash="03f6c3a3c3f77101b4d38b6e8dd9872c662e81a1",
                    operation="UPDATE",
                    pgid="pgtrigger_text_stays_4778e",
                    table="restrictions_dispatchversion",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="positionevidence",
            constraint=models.UniqueConstraint(
                fields=("position", "claim"),
                name="position_evidence_once",
                violation_error_message="This claim is already evidence of this position.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="positionevidence",
            trigger=pgtrigger.compiler.Trigger(
                name="needs_revision",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE revision bigint;",
                    func="\n        revision := nullif(current_setting('caveat.revision', true), '')::bigint;\n        IF NOT EXISTS (\n            SELECT FROM restrictions_revision WHERE id = revision AND instant >= transaction_timestamp()\n        ) THEN\n            RAISE EXCEPTION 'Positions are derived, never typed: open a revision in this transaction first.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;",
                    hash="9a325e72cf72a6c68beccb8db37df13d4a89d6c8",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_needs_revision_c2c31",
                    table="restrictions_positionevidence",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="positionevidence",
            trigger=pgtrigger.compiler.Trigger(
                name="leaves_evidence",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n        IF EXISTS (SELECT FROM restrictions_position WHERE id = OLD.position_id)\n            AND NOT EXISTS (SELECT FROM restrictions_positionevidence WHERE position_id = OLD.position_id)\n        THEN\n            RAISE EXCEPTION 'Position % has no claim as its evidence.', OLD.position_id USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NULL;\n    ",
                    hash="d8ac47bfbbed44830891a9dc919c5505537c9020",
                    operation="DELETE OR UPDATE",
                    pgid="pgtrigger_leaves_evidence_9a6d0",
                    table="restrictions_positionevidence",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[A-Z]{2}-[A-Z0-9]{1,3}$")),
                name="region_code_is_iso_3166_2",
                violation_error_message="A region's code is its country's, a hyphen and a part, such as UA-63.",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="revision_has_reason",
                violation_error_message="A revision needs its reason.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="revision",
            trigger=pgtrigger.compiler.Trigger(
                name="takes_its_turn",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE record_lock CONSTANT bigint := 20240531;",
                    func="\n        PERFORM pg_advisory_xact_lock(record_lock);\n        NEW.instant := greatest(\n            clock_timestamp(),\n            transaction_timestamp(),\n            (SELECT max(instant) + interval '1 microsecond' FROM restrictions_revision)\n        );\n        PERFORM set_config('caveat.revision', NEW.id::text, true);\n        RETURN NEW;\n    ",
                    hash="a9e1dbfd662c4b2673ae910d4612d42dcff74155",
                    operation="INSERT",
                    pgid="pgtrigger_takes_its_turn_600d1",
                    table="restrictions_revision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="revision",
            trigger=pgtrigger.compiler.Trigger(
                name="stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'A revision is history: it is never changed or removed.' USING ERRCODE = 'check_violation';",
                    hash="0422c32a30113eaf4efaa5a26e56c523a9d0b579",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_stays_50527",
                    table="restrictions_revision",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="silence",
            constraint=models.UniqueConstraint(
                fields=("position", "claim"),
                name="silence_once",
                violation_error_message="This claim is already a silence of this position.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="silence",
            trigger=pgtrigger.compiler.Trigger(
                name="needs_revision",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE revision bigint;",
                    func="\n        revision := nullif(current_setting('caveat.revision', true), '')::bigint;\n        IF NOT EXISTS (\n            SELECT FROM restrictions_revision WHERE id = revision AND instant >= transaction_timestamp()\n        ) THEN\n            RAISE EXCEPTION 'Positions are derived, never typed: open a revision in this transaction first.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;",
                    hash="639137d23e044eef94ed7b3933085a5340cab7ee",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_needs_revision_c079c",
                    table="restrictions_silence",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="silence",
            trigger=pgtrigger.compiler.Trigger(
                name="lies_inside",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n        IF EXISTS (\n            SELECT FROM restrictions_stretch s JOIN restrictions_position p ON p.id = s.position_id\n                WHERE p.id = NEW.position_id AND NOT daterange(s.first, s.until) <@ p.validity\n            UNION ALL\n            SELECT FROM restrictions_silence s JOIN restrictions_position p ON p.id = s.position_id\n                WHERE p.id = NEW.position_id AND NOT s.day <@ p.validity\n        ) THEN\n            RAISE EXCEPTION 'A contested stretch or a silence of position % lies outside its days.', NEW.position_id\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NULL;\n    ",
                    hash="e1838a0c85beadd59c4877cf3987f44d99768d8a",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_lies_inside_2d2a2",
                    table="restrictions_silence",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                fields=("claim", "position"),
                name="source_place_once",
                violation_error_message="Two sources of a claim stand at one place in its list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stretch",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gt", models.F("first")), _connector="OR"),
                name="stretch_covers_days",
                violation_error_message="A contested stretch ends after it begins.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stretch",
            trigger=pgtrigger.compiler.Trigger(
                name="needs_revision",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE revision bigint;",
                    func="\n        revision := nullif(current_setting('caveat.revision', true), '')::bigint;\n        IF NOT EXISTS (\n            SELECT FROM restrictions_revision WHERE id = revision AND instant >= transaction_timestamp()\n        ) THEN\n            RAISE EXCEPTION 'Positions are derived, never typed: open a revision in this transaction first.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;",
                    hash="2bc29d4d4ed2ac2619807afc2aff24def34ba243",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_needs_revision_a1531",
                    table="restrictions_stretch",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stretch",
            trigger=pgtrigger.compiler.Trigger(
                name="lies_inside",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n        IF EXISTS (\n            SELECT FROM restrictions_stretch s JOIN restrictions_position p ON p.id = s.position_id\n                WHERE p.id = NEW.position_id AND NOT daterange(s.first, s.until) <@ p.validity\n            UNION ALL\n            SELECT FROM restrictions_silence s JOIN restrictions_position p ON p.id = s.position_id\n                WHERE p.id = NEW.position_id AND NOT s.day <@ p.validity\n        ) THEN\n            RAISE EXCEPTION 'A contested stretch or a silence of position % lies outside its days.', NEW.position_id\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NULL;\n    ",
                    hash="7009d1c91534374750134fd54008e4e5e3f02f1b",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_lies_inside_59d60",
                    table="restrictions_stretch",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="weapon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", "any"), ("kind", "any"), ("parent__isnull", True)),
                    models.Q(
                        models.Q(("kind", "any"), _negated=True),
                        models.Q(("code", "any"), _negated=True),
                        ("parent__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="weapon_only_any_has_no_class",
                violation_error_message="Every weapon has a class, only “any” has none.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weapon",
            trigger=pgtrigger.compiler.Trigger(
                name="has_no_cycle",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE record_lock CONSTANT bigint := 20240531;",
                    func="\n        PERFORM pg_advisory_xact_lock(record_lock);\n        IF EXISTS (\n            WITH RECURSIVE wider(code) AS (\n                SELECT NEW.parent_id\n                UNION\n                SELECT weapon.parent_id FROM restrictions_weapon weapon JOIN wider ON weapon.code = wider.code\n            )\n            SELECT FROM wider WHERE code = NEW.code\n        ) THEN\n            RAISE EXCEPTION 'The weapon % would be its own class.', NEW.code USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="1ee5d2156cbed4ff44976a7ea84c16e35f07dddb",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_has_no_cycle_3e51a",
                    table="restrictions_weapon",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weapon",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "restrictions_weaponevent" ("aliases", "code", "kind", "long_range", "makers", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "range_km") VALUES (NEW."aliases", NEW."code", NEW."kind", NEW."long_range", NEW."makers", NEW."name", NEW."parent_id", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."code", NEW."range_km"); RETURN NULL;',
                    hash="a3cdd2af792b59b5df41bfaa316f946835e02618",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f9ad0",
                    table="restrictions_weapon",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weapon",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "restrictions_weaponevent" ("aliases", "code", "kind", "long_range", "makers", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "range_km") VALUES (NEW."aliases", NEW."code", NEW."kind", NEW."long_range", NEW."makers", NEW."name", NEW."parent_id", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."code", NEW."range_km"); RETURN NULL;',
                    hash="25d125dc02400bdd9c2251dc4459d7500a6fbea2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4e854",
                    table="restrictions_weapon",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weapon",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "restrictions_weaponevent" ("aliases", "code", "kind", "long_range", "makers", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "range_km") VALUES (OLD."aliases", OLD."code", OLD."kind", OLD."long_range", OLD."makers", OLD."name", OLD."parent_id", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."code", OLD."range_km"); RETURN NULL;',
                    hash="9241807e99b6a9c186716fbf18fd3cc50a6a9a0f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7836a",
                    table="restrictions_weapon",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="settlementevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="dd10741cedb08a32d357630fb38dc1c7a1b52c66",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f983d",
                    table="restrictions_settlementevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="settlement",
            index=models.Index(fields=["supplier", "recipient"], name="settlement_pair"),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["withheld", "supplied", "undisclosed"]), ("track", "supply")),
                    models.Q(
                        ("status__in", ["banned", "conditional", "allowed", "undisclosed", "unstated"]),
                        ("track", "use"),
                    ),
                    _connector="OR",
                ),
                name="settlement_status_fits_track",
                violation_error_message="This status does not belong to this track.",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("territory", ""), ("track", "supply")),
                    models.Q(("track", "use"), models.Q(("territory", ""), _negated=True)),
                    _connector="OR",
                ),
                name="settlement_territory_fits_track",
                violation_error_message="The use track needs a territory; the supply track has none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="settlement_has_reason",
                violation_error_message="A settlement needs its reason: it is shown to the public.",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("until"))),
                name="settlement_covers_days",
                violation_error_message="A settlement ends after it begins.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="settlement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "restrictions_settlementevent" ("author_id", "first", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice", "reason", "recipient_id", "recorded_at", "role", "status", "supplier_id", "territory", "track", "until", "weapon_id") VALUES (NEW."author_id", NEW."first", NEW."id", NEW."key", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."practice", NEW."reason", NEW."recipient_id", NEW."recorded_at", NEW."role", NEW."status", NEW."supplier_id", NEW."territory", NEW."track", NEW."until", NEW."weapon_id"); RETURN NULL;',
                    hash="1b06982228182f123fdc728d93fc2c1f88dfe532",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ca304",
                    table="restrictions_settlement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="settlement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "restrictions_settlementevent" ("author_id", "first", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice", "reason", "recipient_id", "recorded_at", "role", "status", "supplier_id", "territory", "track", "until", "weapon_id") VALUES (NEW."author_id", NEW."first", NEW."id", NEW."key", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."practice", NEW."reason", NEW."recipient_id", NEW."recorded_at", NEW."role", NEW."status", NEW."supplier_id", NEW."territory", NEW."track", NEW."until", NEW."weapon_id"); RETURN NULL;',
                    hash="21a24901dcb67c315ab66d206fa074cf7a7f80d3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ffeb4",
                    table="restrictions_settlement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="settlement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "restrictions_settlementevent" ("author_id", "first", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice", "reason", "recipient_id", "recorded_at", "role", "status", "supplier_id", "territory", "track", "until", "weapon_id") VALUES (OLD."author_id", OLD."first", OLD."id", OLD."key", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."practice", OLD."reason", OLD."recipient_id", OLD."recorded_at", OLD."role", OLD."status", OLD."supplier_id", OLD."territory", OLD."track", OLD."until", OLD."weapon_id"); RETURN NULL;',
                    hash="7e383fb4ebcd869dc4e0cce1041aa0e0988f2aa1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a4c9c",
                    table="restrictions_settlement",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="positionversion",
            index=django.contrib.postgres.indexes.GistIndex(
                fields=["recipient", "validity", "recorded"], name="position_version_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="positionversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                expressions=[
                    (
                        models.Func(
                            models.F("supplier"),
                            models.F("role"),
                            models.F("recipient"),
                            models.F("weapon"),
                            models.F("track"),
                            models.F("territory"),
                            arg_joiner=" || ' ' || ",
                            output_field=models.TextField(),
                            template="(%(expressions)s)",
                        ),
                        "=",
                    ),
                    ("validity", "&&"),
                    ("recorded", "&&"),
                ],
                name="position_version_one_at_a_time",
                violation_error_message="Two positions of one line hold on the same day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="positionversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded__isempty", False), ("recorded__lower_inf", False)),
                name="position_version_recorded_is_real",
                violation_error_message="A version stood in the record for some time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="positionversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_by__isnull", True), ("recorded__upper_inf", True)),
                    models.Q(("closed_by__isnull", False), ("recorded__upper_inf", False)),
                    _connector="OR",
                ),
                name="position_version_closed_by_revision",
                violation_error_message="A closed version names the revision that closed it.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="positionversion",
            trigger=pgtrigger.compiler.Trigger(
                name="kept_by_the_database",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (pg_trigger_depth() = 0)",
                    func="RAISE EXCEPTION 'Versions of positions are history: they are written by the change of a position only.' USING ERRCODE = 'check_violation';",
                    hash="23f09daf17c40cc0db04a1b5fe5d67dfd25f0a7a",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_kept_by_the_database_aa394",
                    table="restrictions_positionversion",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(fields=["supplier", "recipient"], name="position_pair"),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(fields=["weapon"], name="position_weapon"),
        ),
        migrations.AddIndex(
            model_name="position",
            index=django.contrib.postgres.indexes.GistIndex(fields=["recipient", "validity"], name="position_day"),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                expressions=[
                    (
                        models.Func(
                            models.F("supplier"),
                            models.F("role"),
                            models.F("recipient"),
                            models.F("weapon"),
                            models.F("track"),
                            models.F("territory"),
                            arg_joiner=" || ' ' || ",
                            output_field=models.TextField(),
                            template="(%(expressions)s)",
                        ),
                        "=",
                    ),
                    ("validity", "&&"),
                ],
                name="position_one_at_a_time",
                violation_error_message="Two positions of one line hold on the same day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "validity",
                        models.Func(
                            models.F("starts_latest"),
                            models.F("ends_latest"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                    ),
                    models.Q(
                        ("ends_latest__isnull", True), ("ends_latest__gt", models.F("starts_latest")), _connector="OR"
                    ),
                ),
                name="position_validity_follows_window",
                violation_error_message="A position lasts from the last day of its start to the last day of its end.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["withheld", "supplied", "undisclosed"]), ("track", "supply")),
                    models.Q(
                        ("status__in", ["banned", "conditional", "allowed", "undisclosed", "unstated"]),
                        ("track", "use"),
                    ),
                    _connector="OR",
                ),
                name="position_status_fits_track",
                violation_error_message="This status does not belong to this track.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("territory", ""), ("track", "supply")),
                    models.Q(("track", "use"), models.Q(("territory", ""), _negated=True)),
                    _connector="OR",
                ),
                name="position_territory_fits_track",
                violation_error_message="The use track needs a territory; the supply track has none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("starts_earliest__isnull", True),
                        ("starts_edtf__isnull", True),
                        ("starts_latest__isnull", True),
                    ),
                    models.Q(
                        ("starts_earliest__isnull", False),
                        ("starts_edtf__isnull", False),
                        ("starts_latest__isnull", False),
                        ("starts_earliest__lte", models.F("starts_latest")),
                    ),
                    _connector="OR",
                ),
                name="position_starts_is_whole",
                violation_error_message="A day needs its text and both bounds, the earliest first; or none of them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ends_earliest__isnull", True), ("ends_edtf__isnull", True), ("ends_latest__isnull", True)
                    ),
                    models.Q(
                        ("ends_earliest__isnull", False),
                        ("ends_edtf__isnull", False),
                        ("ends_latest__isnull", False),
                        ("ends_earliest__lte", models.F("ends_latest")),
                    ),
                    _connector="OR",
                ),
                name="position_ends_is_whole",
                violation_error_message="A day needs its text and both bounds, the earliest first; or none of them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("announced_earliest__isnull", True),
                        ("announced_edtf__isnull", True),
                        ("announced_latest__isnull", True),
                    ),
                    models.Q(
                        ("announced_earliest__isnull", False),
                        ("announced_edtf__isnull", False),
                        ("announced_latest__isnull", False),
                        ("announced_earliest__lte", models.F("announced_latest")),
                    ),
                    _connector="OR",
                ),
                name="position_announced_is_whole",
                violation_error_message="A day needs its text and both bounds, the earliest first; or none of them.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="position",
            trigger=pgtrigger.compiler.Trigger(
                name="needs_revision",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE revision bigint;",
                    func="\n        revision := nullif(current_setting('caveat.revision', true), '')::bigint;\n        IF NOT EXISTS (\n            SELECT FROM restrictions_revision WHERE id = revision AND instant >= transaction_timestamp()\n        ) THEN\n            RAISE EXCEPTION 'Positions are derived, never typed: open a revision in this transaction first.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; NEW.revision_id := revision; RETURN NEW;",
                    hash="8f1ecd4ead29e818fdc1c3476e5a446521fc496f",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_needs_revision_e38ef",
                    table="restrictions_position",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="position",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE revision bigint; at timestamptz;",
                    func="\n        revision := nullif(current_setting('caveat.revision', true), '')::bigint;\n        SELECT instant INTO STRICT at FROM restrictions_revision WHERE id = revision;\n        IF TG_OP <> 'INSERT' THEN\n            DELETE FROM restrictions_positionversion\n                WHERE position_id = OLD.id AND upper_inf(recorded) AND opened_by_id = revision;\n            UPDATE restrictions_positionversion SET recorded = tstzrange(lower(recorded), at), closed_by_id = revision\n                WHERE position_id = OLD.id AND upper_inf(recorded);\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n        INSERT INTO restrictions_positionversion (position_id, recorded, opened_by_id, supplier_id, role, recipient_id, weapon_id, track, territory, status, starts_edtf, starts_earliest, starts_latest, open_start, ends_edtf, ends_earliest, ends_latest, validity, limits, announced_edtf, announced_earliest, announced_latest, last_confirmed, first_used_edtf, provisional, contested, practice, summary, rules, shown)\n            VALUES (NEW.id, tstzrange(at, NULL), revision, NEW.supplier_id, NEW.role, NEW.recipient_id, NEW.weapon_id, NEW.track, NEW.territory, NEW.status, NEW.starts_edtf, NEW.starts_earliest, NEW.starts_latest, NEW.open_start, NEW.ends_edtf, NEW.ends_earliest, NEW.ends_latest, NEW.validity, NEW.limits, NEW.announced_edtf, NEW.announced_earliest, NEW.announced_latest, NEW.last_confirmed, NEW.first_used_edtf, NEW.provisional, NEW.contested, NEW.practice, NEW.summary, NEW.rules, NEW.shown);\n        RETURN NEW;\n    ",
                    hash="ae45761c1c12e1e83f4948bb2f73bd07075dc318",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keeps_versions_e69ce",
                    table="restrictions_position",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="position",
            trigger=pgtrigger.compiler.Trigger(
                name="has_evidence",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n        IF EXISTS (SELECT FROM restrictions_position WHERE id = NEW.id)\n            AND NOT EXISTS (SELECT FROM restrictions_positionevidence WHERE position_id = NEW.id)\n        THEN\n            RAISE EXCEPTION 'Position % has no claim as its evidence.', NEW.id USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NULL;\n    ",
                    hash="88523fcacba437769ef4b7eb80f26c1da8223782",
                    operation="INSERT",
                    pgid="pgtrigger_has_evidence_a81b8",
                    table="restrictions_position",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="position",
            trigger=pgtrigger.compiler.Trigger(
                name="lies_inside",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n        IF EXISTS (\n            SELECT FROM restrictions_stretch s JOIN restrictions_position p ON p.id = s.position_id\n                WHERE p.id = NEW.id AND NOT daterange(s.first, s.until) <@ p.validity\n            UNION ALL\n            SELECT FROM restrictions_silence s JOIN restrictions_position p ON p.id = s.position_id\n                WHERE p.id = NEW.id AND NOT s.day <@ p.validity\n        ) THEN\n            RAISE EXCEPTION 'A contested stretch or a silence of position % lies outside its days.', NEW.id\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NULL;\n    ",
                    hash="6099ed0778f850987565bfa7187def87ffc664f9",
                    operation="UPDATE",
                    pgid="pgtrigger_lies_inside_03885",
                    table="restrictions_position",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="markevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5e3a85acff03a258a84be6553cb98fbf7d0d809b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ac6a5",
                    table="restrictions_markevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision", "proposed"),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="mark_decided_has_decider",
                violation_error_message="What is decided needs who decided it and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("day_earliest__isnull", True), ("day_edtf__isnull", True), ("day_latest__isnull", True)),
                    models.Q(
                        ("day_earliest__isnull", False),
                        ("day_edtf__isnull", False),
                        ("day_latest__isnull", False),
                        ("day_earliest__lte", models.F("day_latest")),
                    ),
                    _connector="OR",
                ),
                name="mark_day_is_whole",
                violation_error_message="A day needs its text and both bounds, the earliest first; or none of them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("dispatch_version__isnull", True),
                        ("quote", ""),
                        ("quote_end__isnull", True),
                        ("quote_in", ""),
                        ("quote_start__isnull", True),
                    ),
                    models.Q(
                        ("dispatch_version__isnull", False),
                        ("quote_end__gt", models.F("quote_start")),
                        ("quote_end__isnull", False),
                        ("quote_in__in", ["title", "body"]),
                        ("quote_start__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="mark_quote_is_whole",
                violation_error_message="What is coded from a dispatch needs its quote; without a dispatch there is none.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mark",
            trigger=pgtrigger.compiler.Trigger(
                name="quote_is_span",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.quote_in <> '' AND NEW.quote_end > NEW.quote_start)",
                    declare="DECLARE spanned text;",
                    func="\n        SELECT substring(\n            CASE NEW.quote_in WHEN 'title' THEN version.title ELSE version.body END\n            FROM NEW.quote_start + 1 FOR NEW.quote_end - NEW.quote_start\n        ) INTO spanned FROM restrictions_dispatchversion version WHERE version.id = NEW.dispatch_version_id;\n        IF spanned IS DISTINCT FROM NEW.quote THEN\n            RAISE EXCEPTION 'The quote is not the text from its start to its end.' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="d456e74b16fe93fcc8641422e1bccd5db1a1aca3",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_quote_is_span_64c02",
                    table="restrictions_mark",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mark",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "restrictions_markevent" ("act", "actor", "areas", "day_earliest", "day_edtf", "day_latest", "decided_at", "decided_by_id", "decision", "dispatch_version_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote", "quote_end", "quote_in", "quote_start", "recipient_id", "recorded_at", "source_publisher", "source_title", "source_url", "summary", "supplier_id", "territory", "weapon_id") VALUES (NEW."act", NEW."actor", NEW."areas", NEW."day_earliest", NEW."day_edtf", NEW."day_latest", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."dispatch_version_id", NEW."id", NEW."key", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."quote", NEW."quote_end", NEW."quote_in", NEW."quote_start", NEW."recipient_id", NEW."recorded_at", NEW."source_publisher", NEW."source_title", NEW."source_url", NEW."summary", NEW."supplier_id", NEW."territory", NEW."weapon_id"); RETURN NULL;',
                    hash="718f7f3d52b1706973370d575fee541034a42823",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d31c0",
                    table="restrictions_mark",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mark",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "restrictions_markevent" ("act", "actor", "areas", "day_earliest", "day_edtf", "day_latest", "decided_at", "decided_by_id", "decision", "dispatch_version_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote", "quote_end", "quote_in", "quote_start", "recipient_id", "recorded_at", "source_publisher", "source_title", "source_url", "summary", "supplier_id", "territory", "weapon_id") VALUES (NEW."act", NEW."actor", NEW."areas", NEW."day_earliest", NEW."day_edtf", NEW."day_latest", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."dispatch_version_id", NEW."id", NEW."key", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."quote", NEW."quote_end", NEW."quote_in", NEW."quote_start", NEW."recipient_id", NEW."recorded_at", NEW."source_publisher", NEW."source_title", NEW."source_url", NEW."summary", NEW."supplier_id", NEW."territory", NEW."weapon_id"); RETURN NULL;',
                    hash="21d8fe8516b441cac6982004280b078b57394a94",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_51739",
                    table="restrictions_mark",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mark",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "restrictions_markevent" ("act", "actor", "areas", "day_earliest", "day_edtf", "day_latest", "decided_at", "decided_by_id", "decision", "dispatch_version_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote", "quote_end", "quote_in", "quote_start", "recipient_id", "recorded_at", "source_publisher", "source_title", "source_url", "summary", "supplier_id", "territory", "weapon_id") VALUES (OLD."act", OLD."actor", OLD."areas", OLD."day_earliest", OLD."day_edtf", OLD."day_latest", OLD."decided_at", OLD."decided_by_id", OLD."decision", OLD."dispatch_version_id", OLD."id", OLD."key", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."quote", OLD."quote_end", OLD."quote_in", OLD."quote_start", OLD."recipient_id", OLD."recorded_at", OLD."source_publisher", OLD."source_title", OLD."source_url", OLD."summary", OLD."supplier_id", OLD."territory", OLD."weapon_id"); RETURN NULL;',
                    hash="c0f282aed03313cd17b2f14730559cc5380beff3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1ab27",
                    table="restrictions_mark",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6c730d0c481853d6d55e0152577105f4e2fa2c03",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d18e6",
                    table="restrictions_claimevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["supplier", "recipient", "decision"], name="claim_pair"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["weapon"], name="claim_weapon"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision", "proposed"),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="claim_decided_has_decider",
                violation_error_message="What is decided needs who decided it and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["withheld", "supplied", "undisclosed"]), ("track", "supply")),
                    models.Q(
                        ("status__in", ["banned", "conditional", "allowed", "undisclosed", "unstated"]),
                        ("track", "use"),
                    ),
                    _connector="OR",
                ),
                name="claim_status_fits_track",
                violation_error_message="This status does not belong to this track.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("effective_earliest__isnull", True),
                        ("effective_edtf__isnull", True),
                        ("effective_latest__isnull", True),
                    ),
                    models.Q(
                        ("effective_earliest__isnull", False),
                        ("effective_edtf__isnull", False),
                        ("effective_latest__isnull", False),
                        ("effective_earliest__lte", models.F("effective_latest")),
                    ),
                    _connector="OR",
                ),
                name="claim_effective_is_whole",
                violation_error_message="A day needs its text and both bounds, the earliest first; or none of them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_earliest__isnull", True),
                        ("published_edtf__isnull", True),
                        ("published_latest__isnull", True),
                    ),
                    models.Q(
                        ("published_earliest__isnull", False),
                        ("published_edtf__isnull", False),
                        ("published_latest__isnull", False),
                        ("published_earliest__lte", models.F("published_latest")),
                    ),
                    _connector="OR",
                ),
                name="claim_published_is_whole",
                violation_error_message="A day needs its text and both bounds, the earliest first; or none of them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("dispatch_version__isnull", True),
                        ("quote", ""),
                        ("quote_end__isnull", True),
                        ("quote_in", ""),
                        ("quote_start__isnull", True),
                    ),
                    models.Q(
                        ("dispatch_version__isnull", False),
                        ("quote_end__gt", models.F("quote_start")),
                        ("quote_end__isnull", False),
                        ("quote_in__in", ["title", "body"]),
                        ("quote_start__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="claim_quote_is_whole",
                violation_error_message="What is coded from a dispatch needs its quote; without a dispatch there is none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("track", "supply"), models.Q(("territory", ""), _negated=True), _connector="OR"),
                name="claim_use_has_territory",
                violation_error_message="A claim about use needs a territory.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "accepted"), _negated=True),
                    ("effective_edtf__isnull", False),
                    _connector="OR",
                ),
                name="claim_accepted_has_effective",
                violation_error_message="A claim needs to say since when it holds before it can be accepted.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("area_role__isnull", True), ("areas__len", 0)),
                    models.Q(("area_role__isnull", False), ("areas__len__gt", 0)),
                    _connector="OR",
                ),
                name="claim_areas_have_role",
                violation_error_message="Areas need to say whether they are defended or targets.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retracted", False), models.Q(("retracted_reason", ""), _negated=True), _connector="OR"
                ),
                name="claim_retracted_has_reason",
                violation_error_message="A retracted claim needs the reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidence__isnull", True),
                    models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                    _connector="OR",
                ),
                name="claim_confidence_is_a_share",
                violation_error_message="Confidence lies from 0 to 1.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="quote_is_span",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.quote_in <> '' AND NEW.quote_end > NEW.quote_start)",
                    declare="DECLARE spanned text;",
                    func="\n        SELECT substring(\n            CASE NEW.quote_in WHEN 'title' THEN version.title ELSE version.body END\n            FROM NEW.quote_start + 1 FOR NEW.quote_end - NEW.quote_start\n        ) INTO spanned FROM restrictions_dispatchversion version WHERE version.id = NEW.dispatch_version_id;\n        IF spanned IS DISTINCT FROM NEW.quote THEN\n            RAISE EXCEPTION 'The quote is not the text from its start to its end.' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="f1abc21ff58ac028d6f7accad91948ba629f8c7d",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_quote_is_span_0eed4",
                    table="restrictions_claim",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "restrictions_claimevent" ("act", "area_role", "areas", "attribution", "coder", "coder_version", "conditions", "confidence", "decided_at", "decided_by_id", "decision", "decision_reason", "depth_km", "dispatch_version_id", "effective_earliest", "effective_edtf", "effective_latest", "id", "key", "machine", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prior", "published_earliest", "published_edtf", "published_latest", "quote", "quote_end", "quote_in", "quote_start", "recipient_id", "recorded_at", "retracted", "retracted_reason", "role", "rule_ids", "speaker", "status", "summary", "supplier_id", "territory", "track", "weak_source", "weapon_id") VALUES (NEW."act", NEW."area_role", NEW."areas", NEW."attribution", NEW."coder", NEW."coder_version", NEW."conditions", NEW."confidence", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."decision_reason", NEW."depth_km", NEW."dispatch_version_id", NEW."effective_earliest", NEW."effective_edtf", NEW."effective_latest", NEW."id", NEW."key", NEW."machine", NEW."notes", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."prior", NEW."published_earliest", NEW."published_edtf", NEW."published_latest", NEW."quote", NEW."quote_end", NEW."quote_in", NEW."quote_start", NEW."recipient_id", NEW."recorded_at", NEW."retracted", NEW."retracted_reason", NEW."role", NEW."rule_ids", NEW."speaker", NEW."status", NEW."summary", NEW."supplier_id", NEW."territory", NEW."track", NEW."weak_source", NEW."weapon_id"); RETURN NULL;',
                    hash="8d52f8cf9c2e0aba435ab714e66dbc9513bb6df2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0c52a",
                    table="restrictions_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "restrictions_claimevent" ("act", "area_role", "areas", "attribution", "coder", "coder_version", "conditions", "confidence", "decided_at", "decided_by_id", "decision", "decision_reason", "depth_km", "dispatch_version_id", "effective_earliest", "effective_edtf", "effective_latest", "id", "key", "machine", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prior", "published_earliest", "published_edtf", "published_latest", "quote", "quote_end", "quote_in", "quote_start", "recipient_id", "recorded_at", "retracted", "retracted_reason", "role", "rule_ids", "speaker", "status", "summary", "supplier_id", "territory", "track", "weak_source", "weapon_id") VALUES (NEW."act", NEW."area_role", NEW."areas", NEW."attribution", NEW."coder", NEW."coder_version", NEW."conditions", NEW."confidence", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."decision_reason", NEW."depth_km", NEW."dispatch_version_id", NEW."effective_earliest", NEW."effective_edtf", NEW."effective_latest", NEW."id", NEW."key", NEW."machine", NEW."notes", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."prior", NEW."published_earliest", NEW."published_edtf", NEW."published_latest", NEW."quote", NEW."quote_end", NEW."quote_in", NEW."quote_start", NEW."recipient_id", NEW."recorded_at", NEW."retracted", NEW."retracted_reason", NEW."role", NEW."rule_ids", NEW."speaker", NEW."status", NEW."summary", NEW."supplier_id", NEW."territory", NEW."track", NEW."weak_source", NEW."weapon_id"); RETURN NULL;',
                    hash="b7eba87f157aceba9a83374488d66f3257745c7d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_35335",
                    table="restrictions_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "restrictions_claimevent" ("act", "area_role", "areas", "attribution", "coder", "coder_version", "conditions", "confidence", "decided_at", "decided_by_id", "decision", "decision_reason", "depth_km", "dispatch_version_id", "effective_earliest", "effective_edtf", "effective_latest", "id", "key", "machine", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prior", "published_earliest", "published_edtf", "published_latest", "quote", "quote_end", "quote_in", "quote_start", "recipient_id", "recorded_at", "retracted", "retracted_reason", "role", "rule_ids", "speaker", "status", "summary", "supplier_id", "territory", "track", "weak_source", "weapon_id") VALUES (OLD."act", OLD."area_role", OLD."areas", OLD."attribution", OLD."coder", OLD."coder_version", OLD."conditions", OLD."confidence", OLD."decided_at", OLD."decided_by_id", OLD."decision", OLD."decision_reason", OLD."depth_km", OLD."dispatch_version_id", OLD."effective_earliest", OLD."effective_edtf", OLD."effective_latest", OLD."id", OLD."key", OLD."machine", OLD."notes", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."prior", OLD."published_earliest", OLD."published_edtf", OLD."published_latest", OLD."quote", OLD."quote_end", OLD."quote_in", OLD."quote_start", OLD."recipient_id", OLD."recorded_at", OLD."retracted", OLD."retracted_reason", OLD."role", OLD."rule_ids", OLD."speaker", OLD."status", OLD."summary", OLD."supplier_id", OLD."territory", OLD."track", OLD."weak_source", OLD."weapon_id"); RETURN NULL;',
                    hash="ee8d648e730cbac5662f8fa04d79b8abe3b4ef67",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b271c",
                    table="restrictions_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weaponevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="dff121b0d079c838bef03f735cfa4409d89940cd",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_feb10",
                    table="restrictions_weaponevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
