"""What webhooks and subscriptions ask for: every filter of the page of changes."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("restrictions", "0026_dispatches_are_kept"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="webhook",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="webhook",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="webhook",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="subscription",
            name="subscription_once",
        ),
        migrations.AddField(
            model_name="subscription",
            name="after",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16),
                blank=True,
                default=list,
                size=None,
                verbose_name="what came",
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="attributions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=24),
                blank=True,
                default=list,
                size=None,
                verbose_name="on the word of",
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="before",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16),
                blank=True,
                default=list,
                size=None,
                verbose_name="what was before",
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="conditions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=24), blank=True, default=list, size=None, verbose_name="limits"
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="evidence",
            field=models.CharField(blank=True, default="", max_length=8, verbose_name="evidence"),
        ),
        migrations.AddField(
            model_name="subscription",
            name="first",
            field=models.DateField(blank=True, null=True, verbose_name="from"),
        ),
        migrations.AddField(
            model_name="subscription",
            name="kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16),
                blank=True,
                default=list,
                size=None,
                verbose_name="kinds of change",
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="last",
            field=models.DateField(blank=True, null=True, verbose_name="until"),
        ),
        migrations.AddField(
            model_name="subscription",
            name="regions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=6), blank=True, default=list, size=None, verbose_name="regions"
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="text",
            field=models.CharField(blank=True, default="", max_length=100, verbose_name="words"),
        ),
        migrations.AddField(
            model_name="webhook",
            name="after",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16),
                blank=True,
                default=list,
                size=None,
                verbose_name="what came",
            ),
        ),
        migrations.AddField(
            model_name="webhook",
            name="attributions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=24),
                blank=True,
                default=list,
                size=None,
                verbose_name="on the word of",
            ),
        ),
        migrations.AddField(
            model_name="webhook",
            name="before",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16),
                blank=True,
                default=list,
                size=None,
                verbose_name="what was before",
            ),
        ),
        migrations.AddField(
            model_name="webhook",
            name="conditions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=24), blank=True, default=list, size=None, verbose_name="limits"
            ),
        ),
        migrations.AddField(
            model_name="webhook",
            name="evidence",
            field=models.CharField(blank=True, default="", max_length=8, verbose_name="evidence"),
        ),
        migrations.AddField(
            model_name="webhook",
            name="first",
            field=models.DateField(blank=True, null=True, verbose_name="from"),
        ),
        migrations.AddField(
            model_name="webhook",
            name="kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16),
                blank=True,
                default=list,
                size=None,
                verbose_name="kinds of change",
            ),
        ),
        migrations.AddField(
            model_name="webhook",
            name="last",
            field=models.DateField(blank=True, null=True, verbose_name="until"),
        ),
        migrations.AddField(
            model_name="webhook",
            name="regions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=6), blank=True, default=list, size=None, verbose_name="regions"
            ),
        ),
        migrations.AddField(
            model_name="webhook",
            name="text",
            field=models.CharField(blank=True, default="", max_length=100, verbose_name="words"),
        ),
        migrations.AddField(
            model_name="webhookevent",
            name="after",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16),
                blank=True,
                default=list,
                size=None,
                verbose_name="what came",
            ),
        ),
        migrations.AddField(
            model_name="webhookevent",
            name="attributions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=24),
                blank=True,
                default=list,
                size=None,
                verbose_name="on the word of",
            ),
        ),
        migrations.AddField(
            model_name="webhookevent",
            name="before",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16),
                blank=True,
                default=list,
                size=None,
                verbose_name="what was before",
            ),
        ),
        migrations.AddField(
            model_name="webhookevent",
            name="conditions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=24), blank=True, default=list, size=None, verbose_name="limits"
            ),
        ),
        migrations.AddField(
            model_name="webhookevent",
            name="evidence",
            field=models.CharField(blank=True, default="", max_length=8, verbose_name="evidence"),
        ),
        migrations.AddField(
            model_name="webhookevent",
            name="first",
            field=models.DateField(blank=True, null=True, verbose_name="from"),
        ),
        migrations.AddField(
            model_name="webhookevent",
            name="kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16),
                blank=True,
                default=list,
                size=None,
                verbose_name="kinds of change",
            ),
        ),
        migrations.AddField(
            model_name="webhookevent",
            name="last",
            field=models.DateField(blank=True, null=True, verbose_name="until"),
        ),
        migrations.AddField(
            model_name="webhookevent",
            name="regions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=6), blank=True, default=list, size=None, verbose_name="regions"
            ),
        ),
        migrations.AddField(
            model_name="webhookevent",
            name="text",
            field=models.CharField(blank=True, default="", max_length=100, verbose_name="words"),
        ),
        migrations.AlterField(
            model_name="webhookevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="id_name_address_recipient_territory_track_suppliers_weapons_kinds_before_after_first_last_conditions_regions_attributions_evidence_text_enabled_digest_events",
                to="restrictions.webhook",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="webhook",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "restrictions_webhookevent" ("address", "after", "attributions", "before", "conditions", "digest", "enabled", "evidence", "first", "id", "kinds", "last", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "regions", "suppliers", "territory", "text", "track", "weapons") VALUES (NEW."address", NEW."after", NEW."attributions", NEW."before", NEW."conditions", NEW."digest", NEW."enabled", NEW."evidence", NEW."first", NEW."id", NEW."kinds", NEW."last", NEW."name", _pgh_attach_context(), clock_timestamp(), \'insert\', NEW."id", NEW."recipient", NEW."regions", NEW."suppliers", NEW."territory", NEW."text", NEW."track", NEW."weapons"); RETURN NULL;',
                    hash="44db63385b96d7dc8b123c6ba5bbb62a38c32b7e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_87779",
                    table="restrictions_webhook",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="webhook",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."after" IS DISTINCT FROM (NEW."after") OR OLD."attributions" IS DISTINCT FROM (NEW."attributions") OR OLD."before" IS DISTINCT FROM (NEW."before") OR OLD."conditions" IS DISTINCT FROM (NEW."conditions") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."enabled" IS DISTINCT FROM (NEW."enabled") OR OLD."evidence" IS DISTINCT FROM (NEW."evidence") OR OLD."first" IS DISTINCT FROM (NEW."first") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kinds" IS DISTINCT FROM (NEW."kinds") OR OLD."last" IS DISTINCT FROM (NEW."last") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."recipient" IS DISTINCT FROM (NEW."recipient") OR OLD."regions" IS DISTINCT FROM (NEW."regions") OR OLD."suppliers" IS DISTINCT FROM (NEW."suppliers") OR OLD."territory" IS DISTINCT FROM (NEW."territory") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."track" IS DISTINCT FROM (NEW."track") OR OLD."weapons" IS DISTINCT FROM (NEW."weapons"))',
                    func='INSERT INTO "restrictions_webhookevent" ("address", "after", "attributions", "before", "conditions", "digest", "enabled", "evidence", "first", "id", "kinds", "last", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "regions", "suppliers", "territory", "text", "track", "weapons") VALUES (NEW."address", NEW."after", NEW."attributions", NEW."before", NEW."conditions", NEW."digest", NEW."enabled", NEW."evidence", NEW."first", NEW."id", NEW."kinds", NEW."last", NEW."name", _pgh_attach_context(), clock_timestamp(), \'update\', NEW."id", NEW."recipient", NEW."regions", NEW."suppliers", NEW."territory", NEW."text", NEW."track", NEW."weapons"); RETURN NULL;',
                    hash="a3768b2175127ccd468376c12e2eea515de2bde3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_343c1",
                    table="restrictions_webhook",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="webhook",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "restrictions_webhookevent" ("address", "after", "attributions", "before", "conditions", "digest", "enabled", "evidence", "first", "id", "kinds", "last", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "regions", "suppliers", "territory", "text", "track", "weapons") VALUES (OLD."address", OLD."after", OLD."attributions", OLD."before", OLD."conditions", OLD."digest", OLD."enabled", OLD."evidence", OLD."first", OLD."id", OLD."kinds", OLD."last", OLD."name", _pgh_attach_context(), clock_timestamp(), \'delete\', OLD."id", OLD."recipient", OLD."regions", OLD."suppliers", OLD."territory", OLD."text", OLD."track", OLD."weapons"); RETURN NULL;',
                    hash="70ff1ebf960f149260314ed0306f2fcac6f0d758",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ebbd7",
                    table="restrictions_webhook",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                fields=(
                    "address",
                    "rhythm",
                    "recipient",
                    "territory",
                    "track",
                    "suppliers",
                    "weapons",
                    "kinds",
                    "before",
                    "after",
                    "first",
                    "last",
                    "conditions",
                    "regions",
                    "attributions",
                    "evidence",
                    "text",
                ),
                name="subscription_once",
                nulls_distinct=False,
            ),
        ),
    ]
