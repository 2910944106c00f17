"""Why something that came in is no dispatch."""


class Unreadable(ValueError):
    """What came in holds no dispatch.

    ``kind`` is the same sentence for all that fail alike, so that they can be counted; ``detail`` is this one's own.
    ``field`` names what is wrong in it, where it is one thing.
    """

    def __init__(self, kind: str, detail: str = "", *, field: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else f"{kind}.")
        self.kind = kind
        self.detail = detail
        self.field = field
