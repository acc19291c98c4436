"""What a new edition begins with: its profile's layout, and TK where only an editor can write."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from composer.blocks import FORMAT, KINDS, TK, Block, Field, Value
from composer.model import Profile
from composer.profiles import laid
from composer.settings import Settings

PHOTO_WIDTH = "1200"
PHOTO_HEIGHT = "800"
_HEADINGS = ("section", "subhead", "subhead3")


def lay_out(picks: Sequence[Block], settings: Settings, profile: Profile) -> tuple[Block, ...]:
    """Return the blocks of a new edition in the profile's order; the picks stand where the first of their kind would.

    Where the profile wants more of that kind than were picked, blank ones wait; a heading over nothing is left out.
    """
    blocks: list[Block] = []
    waiting: Sequence[Block] | None = _filled(picks, settings, profile)
    for kind, words in map(laid, profile.layout):
        if kind != profile.picks or waiting is None:
            blocks.append(blank(kind, settings, hint=hint_of(profile, kind), words=words))
            continue
        if not waiting and blocks and blocks[-1].kind in _HEADINGS:
            blocks.pop()
        blocks += waiting
        waiting = None
    return tuple(_joined(blocks))


def header(profile: Profile, today: date, **known: Value) -> tuple[Field, ...]:
    """Return a new edition's header: what is known of it (its title and language must be), else TK to fill in."""
    values: dict[str, Value] = {
        "format": FORMAT,
        "dek": f"{TK} One or two sentences under the headline.",
        "subject": known["title"],
        "preheader": f"{TK} What the inbox shows after the subject, 40 to 100 characters.",
        "byline": (TK,),
        "dateline": TK,
        "date": today.isoformat(),
        "profile": profile.name,
    }
    return tuple(Field(key=key, value=value) for key, value in {**values, **known}.items())


def blank(kind: str, settings: Settings, *, hint: str = "", words: str = "") -> Block:
    """Return a block of a kind for the editor to fill: every required field and its words are there, as TK.

    `hint` stands for words to come; `words` are the block's own: a heading's, a view's role and then its words, prose.
    """
    known = KINDS[kind]
    if kind == "signup":
        ask = f"Was this forwarded to you? {settings.name} comes by mail."
        return made(kind, "", text=ask, label=f"Sign up for {settings.name}", url=settings.base_url)
    if kind == "view":
        role, _, words = words.partition(" ")
        return made(kind, words or hint or TK, role=role or known.choices["role"][0])
    if kind == "credits":
        return made(kind, "", editing=(hint or TK,))
    values = {key: _value(kind, key) for key in known.required}
    if kind == "photo":
        values |= {"width": PHOTO_WIDTH, "height": PHOTO_HEIGHT, "caption": TK, "rights": TK}
    if kind == "brief":
        values["attribution"] = f"{TK} reports"
    if kind == "pullquote":
        values["origin"] = "display"
    body = words or hint or (TK if known.body in {"required", "heading"} else "")
    return made(kind, "" if known.body == "none" else body, **values)


def hint_of(profile: Profile, kind: str) -> str:
    """Return what a profile says in the place of a kind's words, or ""."""
    slot = profile.slot(kind)
    return slot.hint if slot else ""


def made(kind: str, body: str, /, **values: Value) -> Block:
    """Make a block of a kind, its body and its fields in their order."""
    return Block(kind=kind, body=body, fields=tuple(Field(key=key, value=value) for key, value in values.items()))


def _filled(picks: Sequence[Block], settings: Settings, profile: Profile) -> Sequence[Block]:
    slot = profile.slot(profile.picks)
    missing = max(0, (slot.least if slot else 0) - len(picks))
    return (*picks, *[blank(profile.picks, settings, hint=hint_of(profile, profile.picks))] * missing)


def _value(kind: str, key: str) -> Value:
    if key in KINDS[kind].choices:
        return KINDS[kind].choices[key][0]
    return (TK,) if key in KINDS[kind].lists else TK


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, prose that follows prose as one: it is one in the manuscript."""
    held: Block | None = None
    for block in blocks:
        if held and held.kind == block.kind == "prose":
            held = replace(held, body=f"{held.body}\n\n{block.body}")
            continue
        if held:
            yield held
        held = block
    if held:
        yield held
