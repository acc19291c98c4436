"""The views of an edition, and the conditions under which readers meet it, as they stand in an address. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, get_args
from urllib.parse import parse_qsl, urlencode

from composer.preview.documents import SCHEMES, Scheme

View = Literal["mail", "page", "text", "feed", "inbox", "source", "manuscript", "proof", "evidence", "arrange"]
VIEWS: tuple[View, ...] = get_args(View)
Images = Literal["own", "off", "web"]
NARROWEST, WIDEST = 320, 900  # px, of a window that mail is read in
_IMAGES: tuple[Images, ...] = get_args(Images)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """How a reader gets it. As they are here, an address need not say them.

    `images`: the edition's own ones, none at all (as many programs begin), or those on the web too, which asks there.
    `zoom` is 100 or 200 %, `width` px (0: desktop and phone).
    """

    scheme: Scheme = "light"
    images: Images = "own"
    zoom: int = 100
    dir: str = ""  # "rtl": in a program that is set from right to left
    width: int = 0

    @property
    def query(self) -> str:
        """Return them as an address has them: "?scheme=dark&zoom=200", or "" when there is nothing to say."""
        said = {
            one.name: value for one in fields(self) if (value := getattr(self, one.name)) != getattr(USUAL, one.name)
        }
        return f"?{urlencode(said)}" if said else ""

    def turned(self, name: str, value: str) -> "Conditions":
        """Return them with one condition set, or as usual where it is set so already."""
        said = dict(parse_qsl(self.query[1:]))
        if said.pop(name, None) != value:
            said[name] = value
        return conditions_of(said)


USUAL = Conditions()


def conditions_of(query: Mapping[str, str]) -> Conditions:
    """Read the conditions that an address asks for; what cannot be understood is as usual."""
    width = query.get("width", "")
    return Conditions(
        scheme=next((scheme for scheme in SCHEMES if scheme == query.get("scheme")), USUAL.scheme),
        images=next((images for images in _IMAGES if images == query.get("images")), USUAL.images),
        zoom=200 if query.get("zoom") == "200" else USUAL.zoom,
        dir="rtl" if query.get("dir") == "rtl" else USUAL.dir,
        width=min(max(int(width), NARROWEST), WIDEST) if width.isascii() and width.isdigit() else USUAL.width,
    )
