"""What each group may do: the one table of rights. It is applied after every migration, and whatever else the groups
have come to is taken away then. A model without a line here is open to nobody but superusers."""

CODERS = "coders"
"""Those who propose claims, and code dispatches a second time."""

CURATORS = "curators"
"""Those who see the whole record, and decide claims and marks. What they accept is public at once: there is no other
step of publishing, and so no right to it."""

EDITORS = "editors"
"""Those who settle contested days and edit reference data; they decide claims only as curators besides."""

ADMINS = "admins"
"""Those who say who may sign in, with which rights, and read the audit log."""

GROUPS = (CODERS, CURATORS, EDITORS, ADMINS)


def _rights(verbs: str, *models: str, app: str = "restrictions") -> frozenset[str]:
    """Permissions by their full names: each verb on each model."""
    return frozenset(f"{app}.{verb}_{model}" for verb in verbs.split() for model in models)


_SEES_THE_RECORD = _rights(
    "view",
    *("dispatch", "dispatchversion", "claim", "source", "mark"),
    *("position", "positionevidence", "stretch", "silence", "positionversion", "settlement", "revision"),
    *("weapon", "country", "region"),
    *("sample", "sampledclaim"),
)
_HANDS_IN = _rights("view add", "submission") | _rights("change", "dispatch")
_KEEPS_TOKENS = _rights("view add change", "apitoken")
_KEEPS_WEBHOOKS = _rights("view add change", "webhook")
_KEEPS_FEEDS = _rights("view add change", "feed")
_KEEPS_USERS = _rights("view add change delete", "user", app="auth") | _rights("view change", "group", app="auth")

_KEEPS_REFERENCE = _rights("add change delete", "weapon", "country", "region")

RIGHTS: dict[str, frozenset[str]] = {
    CODERS: _SEES_THE_RECORD | _rights("add", "claim", "secondcoding"),
    CURATORS: _SEES_THE_RECORD
    | _HANDS_IN
    | _rights("add change", "claim", "mark")
    | _rights("view change", "report")
    | _rights("add", "secondcoding", "adjudication"),
    EDITORS: _SEES_THE_RECORD
    | _HANDS_IN
    | _rights("add change", "settlement")
    | _KEEPS_TOKENS
    | _KEEPS_FEEDS
    | _KEEPS_WEBHOOKS
    | _KEEPS_REFERENCE,
    ADMINS: _SEES_THE_RECORD
    | _KEEPS_USERS
    | _rights("add", "sample")
    | _rights("view change", "grouppolicy")
    | _rights("view delete", "subscription")
    | _rights("view add", "redaction")
    | _rights("view", "entry"),
}
"""Permissions by group."""
