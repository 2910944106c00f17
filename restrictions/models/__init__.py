"""The record: what is known, since when, on whose word."""

from restrictions.models.api_token import ApiToken, Scope
from restrictions.models.audit import (
    Account,
    Circumstance,
    Entry,
    EntryKind,
    GroupPolicy,
    GroupRight,
    Membership,
    UserRight,
)
from restrictions.models.claim import Claim, Source
from restrictions.models.country import Country, Region
from restrictions.models.dispatch import Dispatch, DispatchState, DispatchVersion, Fingerprint
from restrictions.models.feed import Feed, FeedItem, FeedItemState, Host
from restrictions.models.mark import Mark
from restrictions.models.outbox import OutboxEntry
from restrictions.models.position import Position, PositionEvidence, Silence, Stretch
from restrictions.models.position_version import PositionVersion
from restrictions.models.redaction import Redacted, Redaction
from restrictions.models.report import Report, ReportKind, ReportState
from restrictions.models.revision import Revision
from restrictions.models.sample import Adjudication, Sample, SampledClaim, SecondCoding, Strata
from restrictions.models.sent_table import SentTable
from restrictions.models.settlement import Settlement
from restrictions.models.skip import Skip
from restrictions.models.submission import Submission
from restrictions.models.subscription import Subscription
from restrictions.models.weapon import Weapon
from restrictions.models.webhook import DeliveryState, Webhook, WebhookDelivery

__all__ = [
    "Account",
    "Adjudication",
    "ApiToken",
    "Circumstance",
    "Claim",
    "Country",
    "DeliveryState",
    "Dispatch",
    "DispatchState",
    "DispatchVersion",
    "Entry",
    "EntryKind",
    "Feed",
    "FeedItem",
    "FeedItemState",
    "Fingerprint",
    "GroupPolicy",
    "GroupRight",
    "Host",
    "Mark",
    "Membership",
    "OutboxEntry",
    "Position",
    "PositionEvidence",
    "PositionVersion",
    "Redacted",
    "Redaction",
    "Region",
    "Report",
    "ReportKind",
    "ReportState",
    "Revision",
    "Sample",
    "SampledClaim",
    "Scope",
    "SecondCoding",
    "SentTable",
    "Settlement",
    "Silence",
    "Skip",
    "Source",
    "Strata",
    "Stretch",
    "Submission",
    "Subscription",
    "UserRight",
    "Weapon",
    "Webhook",
    "WebhookDelivery",
]
