"""Which coder reads a dispatch: the rules, or a language model behind them where the operator has named one."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache

from django.conf import settings

from restrictions.actions.dispatches import BATCH, LEASE
from restrictions.extraction import CODER, VERSION, Coding, Document, code
from restrictions.extraction.answer import MODEL, NoCoding, read_answer
from restrictions.extraction.question import QUESTION_VERSION, Codes, answer_schema, messages
from restrictions.pipelines.asking import SECONDS, Endpoint, NoAnswer
from restrictions.reference.countries import country_codes
from restrictions.reference.regions import region_codes
from restrictions.reference.weapons import load_weapons

LONGEST = 40_000
"""Code points of title and body beyond which a model is not asked."""
MODEL_SECONDS = min(SECONDS, LEASE.total_seconds() / 2)
"""What one question may take: half a lease at most, however short an operator made that."""
MODEL_BATCH = max(1, int(LEASE / timedelta(seconds=MODEL_SECONDS)) - 1)
"""Dispatches that one wake-up leases for the model: all are done before the lease runs out, however late it answers."""


class NotConfigured(Exception):
    """No model is named; the sentence says how to name one."""


@dataclass(frozen=True, slots=True)
class RulesCoder:
    """The rules alone: pure and offline."""

    stamp: str = f"{CODER} {VERSION}"
    batch: int = BATCH

    def code(self, document: Document) -> Coding:
        return code(document)


@dataclass(slots=True)
class ModelCoder:
    """A language model where the rules see arms at all, and the rules where the model fails. For one batch.

    A text that the rules set aside as irrelevant is not sent anywhere. An endpoint that once did not answer is not
    asked again in the batch.
    """

    endpoint: Endpoint
    silent: str = field(default="", init=False)
    batch: int = MODEL_BATCH

    @property
    def version(self) -> str:
        return f"{self.endpoint.model}/{QUESTION_VERSION}"

    @property
    def stamp(self) -> str:
        """Names the model, the question and the rules: where one of them changes, dispatches are coded again."""
        return f"{MODEL} {self.version}, {CODER} {VERSION}"

    def code(self, document: Document) -> Coding:
        rules = code(document)
        if not rules.relevant:
            return rules
        try:
            return self._asked(document, rules)
        except NoAnswer as error:
            return replace(rules, note=f"coded by the rules: {error}")
        except NoCoding as error:
            return replace(rules, note=f"coded by the rules: the model's answer cannot be read, {error}")

    def _asked(self, document: Document, rules: Coding) -> Coding:
        if len(document.title) + len(document.body) > LONGEST:
            raise NoAnswer(f"the text is longer than {LONGEST:,} characters")
        if self.silent:
            raise NoAnswer(self.silent)
        try:
            answer = self.endpoint.ask(messages(document), answer_schema(known_codes()))
        except NoAnswer as error:
            self.silent = str(error) if error.lasts else ""
            raise
        return read_answer(answer, document, known_codes(), rules=rules, version=self.version)


Coder = RulesCoder | ModelCoder


def chosen_coder() -> Coder:
    """The coder that the environment names; the rules where it names none."""
    return model_coder() if settings.CODER_URL else RulesCoder()


def model_coder() -> ModelCoder:
    """The model that the environment names. Raises NotConfigured."""
    if not settings.CODER_URL:
        raise NotConfigured("No model is named. Set CODER_URL and CODER_MODEL.")
    return ModelCoder(Endpoint(settings.CODER_URL, settings.CODER_KEY, settings.CODER_MODEL, MODEL_SECONDS))


@cache
def known_codes() -> Codes:
    """The codes of the reference data: what a model may name."""
    weapons = frozenset(row.code for row in load_weapons())
    return Codes(country_codes(), region_codes(), weapons)
