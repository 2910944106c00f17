"""Who may open, send and press what at the desk: every view by its name, for every group."""

from dataclasses import dataclass

from restrictions.rights import ADMINS, CODERS, CURATORS, EDITORS, GROUPS

# Signed in and in no group.
STAFF = "staff"
WHO = (STAFF, *GROUPS)

Some = frozenset[str]
ALL: Some = frozenset(WHO)
READERS: Some = frozenset(GROUPS)
NOBODY: Some = frozenset()
CURATE: Some = frozenset({CURATORS})
EDIT: Some = frozenset({EDITORS})
ADMIN: Some = frozenset({ADMINS})
HAND_IN: Some = frozenset({CURATORS, EDITORS})
PROPOSE: Some = frozenset({CODERS, CURATORS})


@dataclass(frozen=True, slots=True)
class May:
    """Who may open a view, and who may send something to it. None: the view takes no such request."""

    get: Some | None
    post: Some | None


def button(some: Some) -> May:
    """A view that only does something."""
    return May(None, some)


def page(some: Some) -> May:
    """A view that only shows something."""
    return May(some, None)


def form(some: Some) -> May:
    """A view that shows a form and takes it back."""
    return May(some, some)


def model(
    name: str, *, see: Some = READERS, add: Some = NOBODY, change: Some = NOBODY, delete: Some = NOBODY
) -> "Table":
    """The views that Django's admin gives every model."""
    return {
        f"{name}_changelist": page(see),
        f"{name}_add": form(add),
        f"{name}_history": page(see),
        f"{name}_delete": form(delete),
        f"{name}_change": May(see, change),
    }


def tables(name: str, sends: Some | None = None, *, see: Some = READERS) -> "Table":
    """The pages that give a list away as a table, and take one in where ``sends`` may."""
    away = {f"{name}_export": form(see)}
    return away if sends is None else away | {f"{name}_import": form(sends)}


Table = dict[str, May]

VIEWS: Table = {
    "index": page(ALL),
    "search": page(ALL),
    "login": May(ALL, ALL),
    "logout": button(ALL),
    "password_change": form(ALL),
    "password_change_done": page(ALL),
    "jsi18n": page(ALL),
    "second_factor": form(ALL),
    "second_factor_setup": form(ALL),
    "second_factor_codes": button(ALL),
    "autocomplete": page(NOBODY),
    "view_on_site": page(NOBODY),
    "app_list": page(READERS),
    **model("restrictions_dispatch"),
    "restrictions_dispatch_change": page(READERS),
    "restrictions_dispatch_try_again": button(HAND_IN),
    "restrictions_dispatch_versions": page(READERS),
    **model("restrictions_submission", see=HAND_IN, add=HAND_IN),
    "restrictions_submission_change": page(HAND_IN),
    **model("restrictions_feed", see=EDIT, add=EDIT),
    "restrictions_feed_change": form(EDIT),
    "restrictions_feed_try": button(EDIT),
    "restrictions_feed_switch": button(EDIT),
    "restrictions_feed_retire": button(EDIT),
    **model("restrictions_apitoken", see=EDIT, add=EDIT),
    "restrictions_apitoken_revoke": button(EDIT),
    **model("restrictions_webhook", see=EDIT, add=EDIT),
    "restrictions_webhook_change": page(EDIT),
    "restrictions_webhook_switch": button(EDIT),
    "restrictions_webhook_rotate": button(EDIT),
    "restrictions_webhook_test": button(EDIT),
    "restrictions_webhook_again": button(EDIT),
    **model("restrictions_subscription", see=ADMIN, delete=ADMIN),
    "restrictions_subscription_change": page(ADMIN),
    "restrictions_dispatch_missed": form(PROPOSE),
    **model("restrictions_claim"),
    "restrictions_claim_change": page(READERS),
    "restrictions_claim_queue": page(READERS),
    "restrictions_claim_skip": button(CURATE),
    "restrictions_claim_merge": form(CURATE),
    "restrictions_claim_reject": button(CURATE),
    "restrictions_claim_undo": button(CURATE),
    "restrictions_claim_retract": button(CURATE),
    "restrictions_claim_restore": button(CURATE),
    "restrictions_claim_edit": form(CURATE),
    **model("restrictions_mark"),
    "restrictions_mark_accept": button(CURATE),
    "restrictions_mark_reject": button(CURATE),
    **model("restrictions_report", see=CURATE),
    "restrictions_report_change": page(CURATE),
    "restrictions_report_answer": button(CURATE),
    "restrictions_report_refuse": button(CURATE),
    **model("restrictions_position"),
    "restrictions_position_settle": form(EDIT),
    **model("restrictions_positionversion"),
    **model("restrictions_settlement"),
    "restrictions_settlement_withdraw": button(EDIT),
    **model("restrictions_revision"),
    **model("restrictions_redaction", see=ADMIN),
    "restrictions_redaction_change": page(ADMIN),
    "restrictions_redaction_redact": form(ADMIN),
    **model("restrictions_weapon", add=EDIT, change=EDIT, delete=EDIT),
    **model("restrictions_country", add=EDIT, change=EDIT, delete=EDIT),
    **model("restrictions_region", add=EDIT, change=EDIT, delete=EDIT),
    **model("restrictions_entry", see=ADMIN),
    "restrictions_entry_changelist": page(READERS),
    **model("restrictions_sample"),
    "restrictions_sample_change": page(READERS),
    "restrictions_sample_draw": form(ADMIN),
    "restrictions_sample_code": form(PROPOSE),
    "restrictions_sample_rule": form(CURATE),
    "restrictions_sample_agreement": page(READERS),
    **tables("restrictions_claim", PROPOSE),
    **tables("restrictions_mark", CURATE),
    **tables("restrictions_settlement", EDIT),
    **tables("restrictions_dispatch", CURATE | EDIT),
    **tables("restrictions_weapon", EDIT),
    **tables("restrictions_country", EDIT),
    **tables("restrictions_region", EDIT),
    **tables("restrictions_position"),
    **tables("restrictions_positionversion"),
    **tables("restrictions_revision"),
    **tables("restrictions_feed", EDIT, see=EDIT),
    **tables("restrictions_apitoken", see=EDIT),
    **tables("restrictions_submission", see=HAND_IN),
    **tables("restrictions_report", see=CURATE),
    **tables("restrictions_sample"),
    **tables("auth_user", see=ADMIN),
    **tables("auth_group", see=ADMIN),
    **model("auth_user", see=ADMIN, add=ADMIN, change=ADMIN, delete=ADMIN),
    "auth_user_one_time_password": button(ADMIN),
    "auth_user_reset_factor": button(ADMIN),
    **model("auth_group", see=ADMIN, change=ADMIN),
}

# Actions on the rows of a list, by model. A model that is not named has none.
ACTIONS: dict[str, dict[str, Some]] = {"restrictions_dispatch": {"try_again": HAND_IN}}
