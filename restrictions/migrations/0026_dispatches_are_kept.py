"""Past days of dispatches and of quotes can be searched: what was corrected of a dispatch is kept whole."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import restrictions.models.folding
from restrictions.domain.days import parse_day


def fill(apps, schema_editor):
    """What was kept so far gets the bounds of its day, and the cluster that nothing ever takes a dispatch out of."""
    events = apps.get_model("restrictions", "DispatchEvent").objects
    schema_editor.execute("ALTER TABLE restrictions_dispatchevent DISABLE TRIGGER USER")
    for event in events.exclude(published_edtf=None).iterator():
        day = parse_day(event.published_edtf)
        events.filter(pk=event.pk).update(published_earliest=day.earliest, published_latest=day.latest)
    schema_editor.execute(
        "UPDATE restrictions_dispatchevent event SET cluster_id = dispatch.cluster_id"
        " FROM restrictions_dispatch dispatch WHERE dispatch.id = event.pgh_obj_id"
    )
    schema_editor.execute("ALTER TABLE restrictions_dispatchevent ENABLE TRIGGER USER")


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("restrictions", "0025_redactions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="dispatch",
            name="corrected_update",
        ),
        migrations.AddField(
            model_name="dispatchevent",
            name="cluster",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="The dispatch that stands for this group of near-duplicates.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="restrictions.dispatch",
                verbose_name="near-duplicate of",
            ),
        ),
        migrations.AddField(
            model_name="dispatchevent",
            name="published_earliest",
            field=models.DateField(blank=True, null=True, verbose_name="published, earliest"),
        ),
        migrations.AddField(
            model_name="dispatchevent",
            name="published_latest",
            field=models.DateField(blank=True, null=True, verbose_name="published, latest"),
        ),
        migrations.AlterField(
            model_name="dispatchevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="corrections",
                to="restrictions.dispatch",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="claimevent",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    restrictions.models.folding.Folded(
                        django.db.models.functions.text.Concat(
                            models.F("quote"), models.Value(" "), models.F("summary"), output_field=models.TextField()
                        )
                    ),
                    name="gin_trgm_ops",
                ),
                condition=models.Q(("decision", "accepted"), ("retracted", False)),
                name="claimevent_said",
            ),
        ),
        migrations.AddIndex(
            model_name="dispatchevent",
            index=models.Index(fields=["pgh_created_at"], name="dispatchevent_when"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dispatch",
            trigger=pgtrigger.compiler.Trigger(
                name="corrected_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN ((OLD.address, OLD.publisher, OLD.published_edtf, OLD.synthetic) IS DISTINCT FROM (NEW.address, NEW.publisher, NEW.published_edtf, NEW.synthetic) OR (OLD.cluster_id IS DISTINCT FROM NEW.cluster_id AND OLD.received_at < now()))",
                    func='INSERT INTO "restrictions_dispatchevent" ("address", "cluster_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_earliest", "published_edtf", "published_latest", "publisher", "synthetic") VALUES (OLD."address", OLD."cluster_id", _pgh_attach_context(), clock_timestamp(), \'corrected\', OLD."id", OLD."published_earliest", OLD."published_edtf", OLD."published_latest", OLD."publisher", OLD."synthetic"); RETURN NULL;',
                    hash="2a3a8e560cfcc4043850c5b79eb0cfe3bef84918",
                    operation="UPDATE",
                    pgid="pgtrigger_corrected_update_8cb5f",
                    table="restrictions_dispatch",
                    when="AFTER",
                ),
            ),
        ),
    ]
