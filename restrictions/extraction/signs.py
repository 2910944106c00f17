"""The signs that stand for mentions in the masked text: one private-use character each, for rules to name."""

STATE, STATE_ADJECTIVE = "\ue000", "\ue001"
RECIPIENT, RECIPIENT_ADJECTIVE = "\ue002", "\ue003"
ENEMY, ENEMY_ADJECTIVE = "\ue004", "\ue005"
WEAPON, ARMS = "\ue006", "\ue007"
AREA, ORGANISATION, PERSON, PLACE, ANAPHOR = "\ue008", "\ue009", "\ue00a", "\ue00b", "\ue00c"

MACROS = {
    "S": f"[{STATE}{PERSON}]",
    "s": STATE_ADJECTIVE,
    "R": RECIPIENT,
    "r": RECIPIENT_ADJECTIVE,
    "E": ENEMY,
    "e": ENEMY_ADJECTIVE,
    "W": f"[{WEAPON}{ANAPHOR}]",
    "w": f"[{WEAPON}{ARMS}{ANAPHOR}]",
    "A": AREA,
    "O": ORGANISATION,
    "P": PERSON,
    "L": PLACE,
}
"""What a pattern may write for a mention."""
