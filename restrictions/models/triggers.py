"""What the database itself refuses or keeps, as triggers: no writer can go round them."""

import pgtrigger
from django.db import models

# One lock for every change of the record: whoever holds it reads a record that nobody else is changing.
RECORD_LOCK = 20240531
DECLARES_LOCK = ("record_lock", f"CONSTANT bigint := {RECORD_LOCK}")


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
        # A check violation, so that Django raises IntegrityError.
        func = f"RAISE EXCEPTION '{because}' USING ERRCODE = 'check_violation';"
        super().__init__(name=name, operation=operation, condition=condition, func=func)


class TextStays(pgtrigger.Trigger):
    """The text of a version never changes. A body that nothing quotes may be dropped, once and aloud."""

    name = "text_stays"
    when = pgtrigger.Before
    operation = pgtrigger.Update
    condition = pgtrigger.AnyChange("dispatch", "number", "title", "body", "content_hash", "body_dropped_at")
    func = """
        IF (NEW.dispatch_id, NEW.number, NEW.title, NEW.content_hash)
                = (OLD.dispatch_id, OLD.number, OLD.title, OLD.content_hash)
            AND OLD.body_dropped_at IS NULL AND NEW.body_dropped_at IS NOT NULL
            AND NOT EXISTS (SELECT FROM restrictions_claim WHERE dispatch_version_id = NEW.id)
            AND NOT EXISTS (SELECT FROM restrictions_mark WHERE dispatch_version_id = NEW.id)
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'The text of a dispatch version never changes: quotes point into it. Add a version.'
            USING ERRCODE = 'check_violation';
    """


class HasNoCycle(pgtrigger.Trigger):
    """No weapon is its own class, however far up."""

    name = "has_no_cycle"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update
    declare = [DECLARES_LOCK]
    # The lock, since two changes at once could close a cycle that neither sees. The tree also decides what
    # derivations give, so it waits its turn with them.
    func = """
        PERFORM pg_advisory_xact_lock(record_lock);
        IF EXISTS (
            WITH RECURSIVE wider(code) AS (
                SELECT NEW.parent_id
                UNION
                SELECT weapon.parent_id FROM restrictions_weapon weapon JOIN wider ON weapon.code = wider.code
            )
            SELECT FROM wider WHERE code = NEW.code
        ) THEN
            RAISE EXCEPTION 'The weapon % would be its own class.', NEW.code USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """


class QuoteIsSpan(pgtrigger.Trigger):
    """The quote is exactly the text between its offsets; offsets count code points, the end is not included."""

    name = "quote_is_span"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update
    # A span that ends before it starts is left to the check on the row: substring would fail on it.
    condition = pgtrigger.Condition("(NEW.quote_in <> '' AND NEW.quote_end > NEW.quote_start)")
    declare = [("spanned", "text")]
    # A quote that stands was found in the text once; the text may be gone since.
    func = """
        IF TG_OP = 'UPDATE' THEN
            IF (NEW.dispatch_version_id, NEW.quote, NEW.quote_in, NEW.quote_start, NEW.quote_end) IS NOT DISTINCT FROM
                (OLD.dispatch_version_id, OLD.quote, OLD.quote_in, OLD.quote_start, OLD.quote_end)
            THEN
                RETURN NEW;
            END IF;
        END IF;
        SELECT substring(
            CASE NEW.quote_in WHEN 'title' THEN version.title ELSE version.body END
            FROM NEW.quote_start + 1 FOR NEW.quote_end - NEW.quote_start
        ) INTO spanned FROM restrictions_dispatchversion version WHERE version.id = NEW.dispatch_version_id;
        IF spanned IS DISTINCT FROM NEW.quote THEN
            RAISE EXCEPTION 'The quote is not the text from its start to its end.' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """


class MergesWithinDispatch(pgtrigger.Trigger):
    """A claim is merged into a claim of the same dispatch only."""

    name = "merges_within_dispatch"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update
    condition = pgtrigger.Condition("(NEW.merged_into_id IS NOT NULL)")
    func = """
        IF NOT EXISTS (
            SELECT FROM restrictions_claim target
                JOIN restrictions_dispatchversion there ON there.id = target.dispatch_version_id
                JOIN restrictions_dispatchversion here ON here.dispatch_id = there.dispatch_id
                WHERE target.id = NEW.merged_into_id AND here.id = NEW.dispatch_version_id
        ) THEN
            RAISE EXCEPTION 'A claim is merged into a claim of the same dispatch only.'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """


class DecidedStays(Refuses):
    """What a curator has decided is no more the machine's to touch: it neither says anew nor withdraws.

    ``said`` are the columns that the machine alone writes.
    """

    def __init__(self, *said: str) -> None:
        changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in said)
        super().__init__(
            name="decided_stays",
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(
                f"(OLD.decision IN ('accepted', 'rejected') AND (NEW.decision = 'withdrawn' OR {changed}))"
            ),
            because="A curator has decided this: the machine says nothing more about it.",
        )


class TakesItsTurn(pgtrigger.Trigger):
    """A revision waits for the one before it, takes a later instant, and becomes the transaction's revision."""

    name = "takes_its_turn"
    when = pgtrigger.Before
    operation = pgtrigger.Insert
    declare = [DECLARES_LOCK]
    # The instant is read after the lock: one taken at the start of the transaction could lie before a
    # revision that is already committed. The transaction's own start counts where the clock was set back.
    func = """
        PERFORM pg_advisory_xact_lock(record_lock);
        NEW.instant := greatest(
            clock_timestamp(),
            transaction_timestamp(),
            (SELECT max(instant) + interval '1 microsecond' FROM restrictions_revision)
        );
        PERFORM set_config('caveat.revision', NEW.id::text, true);
        RETURN NEW;
    """


class FillsTheOutbox(pgtrigger.Trigger):
    """Each revision leaves an entry in the outbox, in its own transaction: both are committed, or neither."""

    name = "fills_the_outbox"
    when = pgtrigger.After
    operation = pgtrigger.Insert
    func = "INSERT INTO restrictions_outboxentry (revision_id) VALUES (NEW.id); RETURN NULL;"


class NeedsRevision(pgtrigger.Trigger):
    """Derived rows are written inside a revision of the same transaction, never by hand."""

    name = "needs_revision"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    declare = [("revision", "bigint")]
    # A revision older than this transaction was someone else's: writing under it would change the past.
    refuses_without = """
        revision := nullif(current_setting('caveat.revision', true), '')::bigint;
        IF NOT EXISTS (
            SELECT FROM restrictions_revision WHERE id = revision AND instant >= transaction_timestamp()
        ) THEN
            RAISE EXCEPTION 'Positions are derived, never typed: open a revision in this transaction first.'
                USING ERRCODE = 'check_violation';
        END IF;
    """
    func = refuses_without + "RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;"


class StampsRevision(NeedsRevision):
    """As NeedsRevision; the row also names the revision that wrote it, whatever the writer said."""

    func = NeedsRevision.refuses_without + (
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; NEW.revision_id := revision; RETURN NEW;"
    )


class KeepsVersions(pgtrigger.Trigger):
    """Each change of a position closes its open version at the revision's instant and opens the next."""

    name = "keeps_versions"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    declare = [("revision", "bigint"), ("at", "timestamptz")]
    # A version opened by this same revision is replaced: closing it would leave an empty range.
    template = """
        revision := nullif(current_setting('caveat.revision', true), '')::bigint;
        SELECT instant INTO STRICT at FROM restrictions_revision WHERE id = revision;
        IF TG_OP <> 'INSERT' THEN
            DELETE FROM restrictions_positionversion
                WHERE position_id = OLD.id AND upper_inf(recorded) AND opened_by_id = revision;
            UPDATE restrictions_positionversion SET recorded = tstzrange(lower(recorded), at), closed_by_id = revision
                WHERE position_id = OLD.id AND upper_inf(recorded);
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        INSERT INTO restrictions_positionversion (position_id, recorded, opened_by_id, {columns})
            VALUES (NEW.id, tstzrange(at, NULL), revision, {values});
        RETURN NEW;
    """

    def get_func(self, model: models.Model) -> str:
        """The columns are asked of the model, so that a new one cannot be forgotten in its versions."""
        columns = [field.attname for field in model._meta.local_fields if field.name not in ("id", "revision")]
        return self.template.format(columns=", ".join(columns), values=", ".join(f"NEW.{column}" for column in columns))


class HasEvidence(pgtrigger.Trigger):
    """At commit each position rests on at least one claim. ``position`` is the row's column that names it."""

    when = pgtrigger.After
    timing = pgtrigger.Deferred
    template = """
        IF EXISTS (SELECT FROM restrictions_position WHERE id = {position})
            AND NOT EXISTS (SELECT FROM restrictions_positionevidence WHERE position_id = {position})
        THEN
            RAISE EXCEPTION 'Position % has no claim as its evidence.', {position} USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    """

    def __init__(self, *, name: str, operation: pgtrigger.core.Operation, position: str) -> None:
        super().__init__(name=name, operation=operation, func=self.template.format(position=position))


class LiesInside(pgtrigger.Trigger):
    """At commit a position's contested stretches and silence marks lie inside its days.

    ``position`` is the row's column that names the position.
    """

    name = "lies_inside"
    when = pgtrigger.After
    timing = pgtrigger.Deferred
    template = """
        IF EXISTS (
            SELECT FROM restrictions_stretch s JOIN restrictions_position p ON p.id = s.position_id
                WHERE p.id = {position} AND NOT daterange(s.first, s.until) <@ p.validity
            UNION ALL
            SELECT FROM restrictions_silence s JOIN restrictions_position p ON p.id = s.position_id
                WHERE p.id = {position} AND NOT s.day <@ p.validity
        ) THEN
            RAISE EXCEPTION 'A contested stretch or a silence of position % lies outside its days.', {position}
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    """

    def __init__(self, *, operation: pgtrigger.core.Operation, position: str) -> None:
        super().__init__(operation=operation, func=self.template.format(position=position))
