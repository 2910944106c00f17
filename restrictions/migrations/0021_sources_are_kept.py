"""Sources, and corrections of dispatches, get a past: a claim's links read as they were, also when it is gone."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# What stands was there when its claim came; nothing later is known of it.
BEGAN = """
INSERT INTO restrictions_sourceevent (pgh_created_at, pgh_label, pgh_obj_id, id, claim_id, position, url, publisher,
    title, published, language, stored_copy)
SELECT began.at, 'insert', source.id, source.id, source.claim_id, source.position, source.url, source.publisher,
    source.title, source.published, source.language, source.stored_copy
FROM restrictions_source AS source
JOIN (SELECT pgh_obj_id AS claim_id, min(pgh_created_at) AS at FROM restrictions_claimevent GROUP BY pgh_obj_id) AS began
USING (claim_id)
ORDER BY source.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("restrictions", "0020_outbox"),
    ]

    operations = [
        migrations.CreateModel(
            name="DispatchEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "address",
                    models.URLField(
                        blank=True,
                        help_text="The web address, as it came. Empty where there is none.",
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
                (
                    "synthetic",
                    models.BooleanField(
                        default=False,
                        help_text="Made by us for demonstration; not a real dispatch.",
                        verbose_name="synthetic",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SourceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dispatch",
            trigger=pgtrigger.compiler.Trigger(
                name="corrected_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."published_edtf" IS DISTINCT FROM (NEW."published_edtf") OR OLD."publisher" IS DISTINCT FROM (NEW."publisher") OR OLD."synthetic" IS DISTINCT FROM (NEW."synthetic"))',
                    func='INSERT INTO "restrictions_dispatchevent" ("address", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_edtf", "publisher", "synthetic") VALUES (OLD."address", _pgh_attach_context(), clock_timestamp(), \'corrected\', OLD."id", OLD."published_edtf", OLD."publisher", OLD."synthetic"); RETURN NULL;',
                    hash="88e2031ebda963adde70c3dd59b4f3948621ae1b",
                    operation="UPDATE",
                    pgid="pgtrigger_corrected_update_8cb5f",
                    table="restrictions_dispatch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "restrictions_sourceevent" ("claim_id", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published", "publisher", "stored_copy", "title", "url") VALUES (NEW."claim_id", NEW."id", NEW."language", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."position", NEW."published", NEW."publisher", NEW."stored_copy", NEW."title", NEW."url"); RETURN NULL;',
                    hash="7f19e3bf9f352a1dbd878d3be376e6401ef15a26",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2be3d",
                    table="restrictions_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "restrictions_sourceevent" ("claim_id", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published", "publisher", "stored_copy", "title", "url") VALUES (NEW."claim_id", NEW."id", NEW."language", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."position", NEW."published", NEW."publisher", NEW."stored_copy", NEW."title", NEW."url"); RETURN NULL;',
                    hash="7ea334646b59ef0db698a887b2c8db2ed226a2ba",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7a26a",
                    table="restrictions_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "restrictions_sourceevent" ("claim_id", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published", "publisher", "stored_copy", "title", "url") VALUES (OLD."claim_id", OLD."id", OLD."language", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."position", OLD."published", OLD."publisher", OLD."stored_copy", OLD."title", OLD."url"); RETURN NULL;',
                    hash="d7781c26f30c57329a0e37300cf9b3b427df44d1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_853e4",
                    table="restrictions_source",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="dispatchevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="dispatchevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="address_publisher_published_edtf_synthetic_events",
                to="restrictions.dispatch",
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="claim",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="restrictions.claim",
                verbose_name="claim",
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="restrictions.source",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dispatchevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9aa0b0176833d6667d086ee0c18df1e8effb50e5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_aefa9",
                    table="restrictions_dispatchevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="737247fcb66a6b7230f2822a3524cc893b676245",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ccb87",
                    table="restrictions_sourceevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(BEGAN, migrations.RunSQL.noop),
    ]
