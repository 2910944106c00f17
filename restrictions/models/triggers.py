"""What the database itself refuses or keeps, as triggers: no writer can go round them."""

import pgtrigger
from django.apps import apps
from django.db import models

# One lock for every change of the record: whoever holds it reads a record that nobody else is changing.
RECORD_LOCK = 2_024_0531

LOCK_RECORD = f"PERFORM pg_advisory_xact_lock({RECORD_LOCK});"
THIS_REVISION = "nullif(current_setting('caveat.revision', true), '')::bigint"


def _raise(message: str, *, unless: str, values: str = "") -> str:
    """SQL that refuses with a sentence for people. A check violation, so that Django raises IntegrityError."""
    arguments = f", {values}" if values else ""
    escaped = message.replace("'", "''")
    return f"IF NOT ({unless}) THEN RAISE EXCEPTION '{escaped}'{arguments} USING ERRCODE = 'check_violation'; END IF;"


class Refuses(pgtrigger.Trigger):
    """Refuses an operation, with a sentence that says why."""

    when = pgtrigger.Before

    def __init__(
        self,
        *,
        name: str,
        operation: pgtrigger.core.Operation,
        because: str,
        condition: pgtrigger.Condition | None = None,
    ) -> None:
        super().__init__(name=name, operation=operation, condition=condition)
        self.because = because

    def get_func(self, model: type[models.Model]) -> str:
        return f"{_raise(self.because, unless='false')} RETURN NULL;"


class HasNoCycle(pgtrigger.Trigger):
    """No weapon is its own class, however far up."""

    name = "has_no_cycle"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.UpdateOf("parent_id")

    def get_func(self, model: type[models.Model]) -> str:
        # The lock, since two changes at once could close a cycle that neither sees. The tree also decides what
        # derivations give, so it waits its turn with them.
        return f"""
            {LOCK_RECORD}
            IF EXISTS (
                WITH RECURSIVE wider(code) AS (
                    SELECT NEW.parent_id
                    UNION
                    SELECT weapon.parent_id FROM {model._meta.db_table} weapon JOIN wider ON weapon.code = wider.code
                )
                SELECT FROM wider WHERE code = NEW.code
            ) THEN
                {_raise("The weapon % would be its own class.", unless="false", values="NEW.code")}
            END IF;
            RETURN NEW;
        """


class QuoteIsSpan(pgtrigger.Trigger):
    """The quote is exactly the text between its offsets; offsets count code points, the end is not included."""

    name = "quote_is_span"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.UpdateOf(
        "dispatch_version_id", "quote", "quote_in", "quote_start", "quote_end"
    )
    condition = pgtrigger.Condition("(NEW.quote_in <> '')")
    declare = [("spanned", "text")]

    def get_func(self, model: type[models.Model]) -> str:
        versions = apps.get_model("restrictions", "DispatchVersion")._meta.db_table
        return f"""
            SELECT substring(
                CASE NEW.quote_in WHEN 'title' THEN version.title ELSE version.body END
                FROM NEW.quote_start + 1 FOR NEW.quote_end - NEW.quote_start
            ) INTO spanned FROM {versions} version WHERE version.id = NEW.dispatch_version_id;
            {_raise("The quote is not the text from its start to its end.", unless="spanned IS NOT DISTINCT FROM NEW.quote")}
            RETURN NEW;
        """


class TakesItsTurn(pgtrigger.Trigger):
    """A revision waits for the one before it, takes a later instant, and becomes the transaction's revision."""

    name = "takes_its_turn"
    when = pgtrigger.Before
    operation = pgtrigger.Insert

    def get_func(self, model: type[models.Model]) -> str:
        # The instant is read after the lock: one taken at the start of the transaction could lie before a
        # revision that is already committed. The transaction's own start counts where the clock was set back.
        return f"""
            {LOCK_RECORD}
            NEW.instant := greatest(
                clock_timestamp(),
                transaction_timestamp(),
                (SELECT max(instant) + interval '1 microsecond' FROM {model._meta.db_table})
            );
            PERFORM set_config('caveat.revision', NEW.id::text, true);
            RETURN NEW;
        """


class NeedsRevision(pgtrigger.Trigger):
    """Derived rows are written inside a revision of the same transaction, never by hand."""

    name = "needs_revision"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    declare = [("revision", "bigint")]
    stamp = ""

    def get_func(self, model: type[models.Model]) -> str:
        revisions = apps.get_model("restrictions", "Revision")._meta.db_table
        # A revision older than this transaction was someone else's: writing under it would change the past.
        own = f"EXISTS (SELECT FROM {revisions} WHERE id = revision AND instant >= transaction_timestamp())"
        message = "Positions are derived, never typed: open a revision in this transaction first."
        return f"""
            revision := {THIS_REVISION};
            {_raise(message, unless=own)}
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            {self.stamp}
            RETURN NEW;
        """


class StampsRevision(NeedsRevision):
    """As NeedsRevision; the row also names the revision that wrote it, whatever the writer said."""

    stamp = "NEW.revision_id := revision;"


class KeepsVersions(pgtrigger.Trigger):
    """Each change of a position closes its open version at the revision's instant and opens the next."""

    name = "keeps_versions"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    declare = [("revision", "bigint"), ("at", "timestamptz")]

    def get_func(self, model: type[models.Model]) -> str:
        revisions = apps.get_model("restrictions", "Revision")._meta.db_table
        versions = apps.get_model("restrictions", "PositionVersion")._meta.db_table
        columns = [field.column for field in model._meta.local_fields if field.column not in ("id", "revision_id")]
        names, values = ", ".join(columns), ", ".join(f"NEW.{column}" for column in columns)
        # A version opened by this same revision is replaced: closing it would leave an empty range.
        return f"""
            revision := {THIS_REVISION};
            SELECT instant INTO STRICT at FROM {revisions} WHERE id = revision;
            IF TG_OP <> 'INSERT' THEN
                DELETE FROM {versions}
                    WHERE position_id = OLD.id AND upper_inf(recorded) AND opened_by_id = revision;
                UPDATE {versions} SET recorded = tstzrange(lower(recorded), at), closed_by_id = revision
                    WHERE position_id = OLD.id AND upper_inf(recorded);
            END IF;
            IF TG_OP <> 'DELETE' THEN
                INSERT INTO {versions} (position_id, recorded, opened_by_id, {names})
                    VALUES (NEW.id, tstzrange(at, NULL), revision, {values});
            END IF;
            RETURN NULL;
        """


class HasEvidence(pgtrigger.Trigger):
    """At commit each position rests on at least one claim. ``position`` is the row's column that names it."""

    when = pgtrigger.After
    timing = pgtrigger.Deferred

    def __init__(self, *, name: str, operation: pgtrigger.core.Operation, position: str) -> None:
        super().__init__(name=name, operation=operation)
        self.position = position

    def get_func(self, model: type[models.Model]) -> str:
        positions = apps.get_model("restrictions", "Position")._meta.db_table
        evidence = apps.get_model("restrictions", "PositionEvidence")._meta.db_table
        rests = f"""NOT EXISTS (SELECT FROM {positions} WHERE id = {self.position})
            OR EXISTS (SELECT FROM {evidence} WHERE position_id = {self.position})"""
        return f"""
            {_raise("Position % has no claim as its evidence.", unless=rests, values=self.position)}
            RETURN NULL;
        """


class LiesInside(pgtrigger.Trigger):
    """At commit a position's contested stretches and silence marks lie inside its days.

    ``position`` is the row's column that names the position.
    """

    name = "lies_inside"
    when = pgtrigger.After
    timing = pgtrigger.Deferred

    def __init__(self, *, operation: pgtrigger.core.Operation, position: str) -> None:
        super().__init__(operation=operation)
        self.position = position

    def get_func(self, model: type[models.Model]) -> str:
        positions = apps.get_model("restrictions", "Position")._meta.db_table
        stretches = apps.get_model("restrictions", "Stretch")._meta.db_table
        silences = apps.get_model("restrictions", "Silence")._meta.db_table
        inside = f"""NOT EXISTS (
            SELECT FROM {positions} p WHERE p.id = {self.position} AND (
                EXISTS (SELECT FROM {stretches} s
                    WHERE s.position_id = p.id AND NOT daterange(s.first, s.until) <@ p.validity)
                OR EXISTS (SELECT FROM {silences} s WHERE s.position_id = p.id AND NOT s.day <@ p.validity)
            ))"""
        message = "A contested stretch or a silence of position % lies outside its days."
        return f"{_raise(message, unless=inside, values=self.position)} RETURN NULL;"
