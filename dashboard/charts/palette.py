"""Colours and patterns of the statuses in both themes. Tests hold each to its contrast."""

from dataclasses import dataclass

from restrictions.domain.vocabulary import Status

PALE = 0.32
"""How much of its colour a status keeps where a wider rule answers."""


@dataclass(frozen=True, slots=True)
class Swatch:
    """How one status is drawn: ``fill`` behind, ``line`` the pattern on it, ``ink`` the text inside."""

    fill: str
    line: str
    ink: str
    shape: str = ""
    size: int = 6
    solidity: float = 0.3
    outlined: bool = False

    @property
    def edge(self) -> str:
        """The colour that parts the status from the page."""
        return self.line if self.outlined else self.fill


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme: the page, its text, quiet lines, the one accent, and a swatch for each status."""

    page: str
    ink: str
    quiet: str
    rule: str
    accent: str
    statuses: dict[Status, Swatch]

    def pale(self, status: Status) -> str:
        """The status's fill, mostly gone into the page."""
        fill, page = (_channels(colour) for colour in (self.statuses[status].fill, self.page))
        return "#" + "".join(
            f"{round(PALE * one + (1 - PALE) * other):02x}" for one, other in zip(fill, page, strict=True)
        )


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


LIGHT = Palette(
    page="#fcfbf8",
    ink="#1c1c1a",
    quiet="#5d5c57",
    rule="#dddad2",
    accent="#1d4f8c",
    statuses={
        Status.WITHHELD: Swatch("#56616f", "#3f4853", "#ffffff", "x", 8, 0.25),
        Status.BANNED: Swatch("#a83a2c", "#84271b", "#ffffff", "/", 5, 0.35),
        Status.CONDITIONAL: Swatch("#c17d12", "#dfa546", "#191204", "/", 14, 0.2),
        Status.ALLOWED: Swatch("#13726c", "#13726d", "#ffffff"),
        Status.UNDISCLOSED: Swatch("#6d4ca1", "#4d3179", "#ffffff", ".", 7, 0.4),
        Status.SUPPLIED: Swatch("#38648f", "#274c72", "#ffffff", "-", 9, 0.2),
        Status.UNSTATED: Swatch("#fcfbf7", "#6f6e68", "#1c1c1b", outlined=True),
    },
)

DARK = Palette(
    page="#16181b",
    ink="#e9e7e1",
    quiet="#a5a39b",
    rule="#34373b",
    accent="#8db9ea",
    statuses={
        Status.WITHHELD: Swatch("#8b98a8", "#a8b3c0", "#0c0e11", "x", 8, 0.25),
        Status.BANNED: Swatch("#d9685a", "#ee8d80", "#0c0e11", "/", 5, 0.35),
        Status.CONDITIONAL: Swatch("#d99a33", "#f0bd68", "#171001", "/", 14, 0.2),
        Status.ALLOWED: Swatch("#3fa69d", "#3fa69c", "#0c0e11"),
        Status.UNDISCLOSED: Swatch("#a58bd6", "#c4b0ea", "#0c0e11", ".", 7, 0.4),
        Status.SUPPLIED: Swatch("#6f9dcc", "#8fb6de", "#0c0e11", "-", 9, 0.2),
        Status.UNSTATED: Swatch("#16181c", "#94928b", "#e9e7e0", outlined=True),
    },
)

THEMES = {"light": LIGHT, "dark": DARK}


def dark_for_light() -> dict[str, str]:
    """Each colour of the light theme with its counterpart in the dark one, so that a browser can change themes."""
    pairs = {getattr(LIGHT, name): getattr(DARK, name) for name in ("page", "ink", "quiet", "rule", "accent")}
    for status, light in LIGHT.statuses.items():
        dark = DARK.statuses[status]
        pairs |= {light.fill: dark.fill, light.line: dark.line, light.ink: dark.ink}
        pairs[LIGHT.pale(status)] = DARK.pale(status)
    return pairs
