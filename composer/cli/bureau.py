"""Where the command line asks a language model: which one, whether its host may have the text, what it cost."""

import functools
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from composer.app import Newsroom
from composer.cli import screen
from composer.cli.glance import plural
from composer.commissions import Tally
from composer.errors import ComposerError, UsageError
from composer.settings import ModelSettings
from composer.text import cut, one_line

if TYPE_CHECKING:
    from composer.desk.bureau.commissioning import Bureau, Written
    from composer.writers.endpoint import Endpoint

_TITLE_MOST = 50
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the editor says about the model."""

    model: str = ""
    base_url: str = ""
    yes: bool = False


def asks_a_model(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that name a model; it gets them as `wish`."""

    @click.option("--model", default="", metavar="NAME", help="The language model to ask; off: none.")
    @click.option("--base-url", default="", metavar="URL", help="Where it answers: http://127.0.0.1:11434/v1")
    @click.option("--yes", is_flag=True, help="Agree that article text goes to the model's host.")
    @functools.wraps(command)
    def wrapped(*words: Any, model: str, base_url: str, yes: bool, **options: Any) -> None:  # noqa: ANN401 (click's)
        command(*words, wish=Wish(model=model, base_url=base_url, yes=yes), **options)

    return wrapped


def hired(room: Newsroom, wish: Wish, *, anew: bool = False) -> "Bureau | None":
    """Return the bureau of the model that is named, once its host may have the text; None when none is named.

    Raises UsageError, and ComposerError when the editor does not agree.
    """
    endpoint = room.endpoint(wish.model, wish.base_url)
    if endpoint is None:
        return None
    _agree(room, endpoint, yes=wish.yes)
    return room.bureau(endpoint, anew=anew)


def commissioned(room: Newsroom, text: str, wish: Wish) -> str:
    """Return a manuscript with every brief that stands on an article written by the model, if one is named."""
    from composer.desk.bureau.commissioning import commission  # noqa: PLC0415 (only where a model is asked)
    from composer.desk.bureau.rewriting import briefs, rewritten  # noqa: PLC0415 (as above)
    from composer.manuscript import load  # noqa: PLC0415 (as above)

    wanted = tuple(briefs(room.store, load(text).manuscript))
    bureau = hired(room, wish) if wanted else None
    if bureau is None:
        return text
    remarks, tally = [], Tally()
    try:
        with screen.progress(f"Summaries by {bureau.model}") as bar:
            bar.begin(len(wanted))
            for one in wanted:
                written = commission(one.article, bureau)
                text = rewritten(text, one.brief, written) if written.words else text
                remarks += [*said(one.article.title, written), *_stands_in(one.article.title, written)]
                tally += written.tally
                bar.advance()
    finally:
        for remark in remarks:
            screen.note(remark)
        if tally != Tally():
            screen.note(cost(bureau.model, tally, room.settings.model))
    return text


def said(title: str, written: "Written") -> list[str]:
    """Return what the editor should know of a summary, a line each."""
    return [f"{cut(one_line(title), _TITLE_MOST)}: {note}" for note in written.notes]


def _stands_in(title: str, written: "Written") -> list[str]:
    """Say when the article's own sentences stand where a model's were wanted."""
    instead = "its own sentences stand instead"
    return [f"{cut(one_line(title), _TITLE_MOST)}: {instead}"] if written.words and not written.commission else []


def cost(model: str, tally: Tally, settings: ModelSettings) -> str:
    """Return what a run cost, in tokens, and in money where newsletter.toml names prices."""
    parts = [plural(tally.calls, "call")]
    if tally.kept:
        parts.append(f"{plural(tally.kept, 'answer')} from the store")
    if tally.tokens_in or tally.tokens_out:
        parts.append(f"{tally.tokens_in:,} tokens in, {tally.tokens_out:,} out")
    elif tally.calls:
        parts.append("tokens not counted by its host")
    if settings.price_in or settings.price_out:
        paid = (tally.tokens_in * settings.price_in + tally.tokens_out * settings.price_out) / _MILLION
        parts.append(f"{settings.currency}{paid:.4f}")
    if tally.calls:
        parts.append(f"{tally.milliseconds / 1000:.1f} s")
    return f"{model}: {', '.join(parts)}"


def _agree(room: Newsroom, endpoint: "Endpoint", *, yes: bool) -> None:
    """Say once a host where article text goes, and have the editor agree unless it stays on this machine."""
    shelf = room.store.commissions
    if shelf.allows(endpoint.host):
        return
    if endpoint.is_local:
        screen.note(f"{endpoint.model} answers at {endpoint.host}, on this machine: article text stays here")
    else:
        screen.note(f"{endpoint.model}: the text of articles leaves this machine and goes to {endpoint.host}")
        _ask(endpoint, yes=yes)
    shelf.allow(endpoint.host, room.clock())


def _ask(endpoint: "Endpoint", *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError(f"nothing was sent to {endpoint.host}; agree with --yes, once, or draft with --model off")
    if not screen.ask(f"Send article text to {endpoint.host}?", default=False):
        raise ComposerError(f"nothing was sent to {endpoint.host}; `--model off` works without a model")
