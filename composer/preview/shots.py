"""The pictures that show an edition whole: every view, and the mail and pages under every condition. Pure values."""

from dataclasses import dataclass

from composer.preview.conditions import USUAL, VIEWS, Conditions, View

_WIDTHS: dict[View, tuple[tuple[str, int], ...]] = {
    "mail": (("desktop", 600), ("phone", 375)),
    "page": (("desktop", 1000), ("phone", 375)),
    "feed": (("", 680),),
}
_SHELL_WIDTH = 1280


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: the name of its file, its address, the window's width in px, and its pixels to one of the window."""

    name: str
    path: str
    width: int
    scale: int = 1

    @property
    def is_shell(self) -> bool:
        """Say whether it shows the preview's own page, which says when it is up to date."""
        return not self.path.startswith("/documents/")


def _conditions() -> tuple[tuple[str, Conditions], ...]:
    return (
        ("light", USUAL),
        ("dark", Conditions(scheme="dark")),
        ("inverted", Conditions(scheme="inverted")),
        ("no-images", Conditions(images="off")),
        ("zoomed", Conditions(zoom=200)),
        ("right-to-left", Conditions(dir="rtl")),
    )


def _framed(view: View, width_name: str, width: int) -> tuple[Shot, ...]:
    """Return a document under every condition; zoomed, it has half the pixels across, each twice as large."""
    return tuple(
        Shot(
            "-".join(filter(None, (view, width_name, name))),
            f"/documents/{view}{conditions.query}",
            width * 100 // conditions.zoom,
            conditions.zoom // 100,
        )
        for name, conditions in _conditions()
    )


def _every() -> tuple[Shot, ...]:
    framed = [shot for view, widths in _WIDTHS.items() for name, width in widths for shot in _framed(view, name, width)]
    shell = [Shot(view, f"/{view}", _SHELL_WIDTH) for view in VIEWS if view not in _WIDTHS]
    return (*framed, *shell, Shot("preview", "/mail", _SHELL_WIDTH), Shot("preview-narrow", "/mail", 390))


SHOTS = _every()
