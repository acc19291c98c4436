"""`currents add-block`, `move`, `drop`, `set`: quick changes that touch only their lines, each one revision."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from composer.app import Newsroom, open_newsroom
from composer.blocks import KINDS, Block, Value
from composer.cli import screen
from composer.cli.remarks import path_of, place, profile_of
from composer.desk.changing import change
from composer.desk.laying import blank, hint_of
from composer.desk.placing import default_place
from composer.desk.revising import Copy, take_in
from composer.desk.snippets import KNOWN, fill
from composer.errors import ConflictError, UsageError
from composer.manuscript import drop as taken_out
from composer.manuscript import fields_for, find_block, insert, is_id, refuse_taken, set_fields, set_header
from composer.manuscript import move as moved
from composer.manuscript.fields import did_you_mean

PIPE = "-"
Newsletter = str | None

revision_option = click.option(
    "--revision", "seen", metavar="R", type=int, help="Change nothing unless R is the newest revision."
)


@click.command(name="add-block")
@click.argument("number", metavar="N", type=int)
@click.argument("words", metavar="[KIND[#ID]] [KEY=VALUE]...", nargs=-1)
@click.option("--after", metavar="BLOCK", help="Below this block.")
@click.option("--before", metavar="BLOCK", help="Above this block.")
@click.option("--snippet", metavar="NAME", help="A piece from templates/snippets; KEY=VALUE fills its {placeholders}.")
@click.option("--body", metavar="FILE", help="Its words, from a file or a pipe (-).")
@revision_option
@click.pass_obj
def add_block(  # noqa: PLR0913 (an option each)
    newsletter: Newsletter,
    number: int,
    words: tuple[str, ...],
    *,
    after: str | None,
    before: str | None,
    snippet: str | None,
    body: str | None,
    seen: int | None,
) -> None:
    """Put a block into edition N; what you do not give stands as TK. Every other line stays as typed.

    Without --after or --before it goes where the profile has it. A BLOCK is a number or name from `currents blocks N`.
    A list takes its key several times: source=a source=b.
    """
    if after and before:
        raise UsageError("--after and --before: give one of them")
    kind, values = _kind_and_values(words, snippet)
    written = _body(body)
    with open_newsroom(newsletter) as room:
        copy = _seen(take_in(room.desk, number), seen)
        new = _snippet(room, copy, snippet, values) if snippet else (_new(room, copy, kind, values, written),)
        refuse_taken(copy.manuscript.blocks, new)
        at = _place(room, copy, new[0].kind, after, before)
        text = insert(copy.revision.text, new, at)
        what = ", ".join(block.name for block in new)
        kept = change(room.desk, copy, text, message=f"add {what}")
        _say(room, copy, kept, at, f"{what} added")


@click.command()
@click.argument("number", metavar="N", type=int)
@click.argument("block", metavar="BLOCK")
@click.option("--before", metavar="BLOCK", help="Above this block.")
@click.option("--after", metavar="BLOCK", help="Below this block.")
@revision_option
@click.pass_obj
def move(
    newsletter: Newsletter, number: int, block: str, *, before: str | None, after: str | None, seen: int | None
) -> None:
    """Move a block of edition N above or below another; its lines stay as typed."""
    if bool(after) == bool(before):
        raise UsageError("move: say where to, with --before BLOCK or --after BLOCK")
    with open_newsroom(newsletter) as room:
        copy = _seen(take_in(room.desk, number), seen)
        index = find_block(copy.manuscript.blocks, block)
        at = _named_place(copy, after, before)
        name = copy.manuscript.blocks[index].name
        kept = change(room.desk, copy, moved(copy.revision.text, index, at), message=f"move {name}")
        _say(room, copy, kept, at - (at > index), f"{name} moved")


@click.command()
@click.argument("number", metavar="N", type=int)
@click.argument("block", metavar="BLOCK")
@revision_option
@click.pass_obj
def drop(newsletter: Newsletter, number: int, block: str, seen: int | None) -> None:
    """Take a block out of edition N; the revision before keeps it."""
    with open_newsroom(newsletter) as room:
        copy = _seen(take_in(room.desk, number), seen)
        index = find_block(copy.manuscript.blocks, block)
        name = copy.manuscript.blocks[index].name
        kept = change(room.desk, copy, taken_out(copy.revision.text, index), message=f"drop {name}")
        _say(room, copy, kept, -1, f"{name} dropped (revision {copy.revision.number} has it)")


@click.command(name="set")
@click.argument("number", metavar="N", type=int)
@click.argument("words", metavar="[BLOCK] KEY=VALUE...", nargs=-1, required=True)
@revision_option
@click.pass_obj
def set_(newsletter: Newsletter, number: int, words: tuple[str, ...], seen: int | None) -> None:
    """Set fields of a block of edition N, or header fields when no BLOCK is named; only their lines change.

    A list takes its key several times: byline="Nino Example" byline="Sam Example". id=NAME names a block.
    """
    block, pairs = (words[0], words[1:]) if "=" not in words[0] else ("", words)
    values = _pairs(pairs)
    if not values:
        raise UsageError(f"{block}: say what to set, such as credit='Sam Example/The Wire'")
    with open_newsroom(newsletter) as room:
        copy = _seen(take_in(room.desk, number), seen)
        keys = ", ".join(values)
        if not block:
            text, at, what = set_header(copy.revision.text, values), -1, keys
        else:
            at = find_block(copy.manuscript.blocks, block)
            text, what = set_fields(copy.revision.text, at, values), f"{copy.manuscript.blocks[at].name} {keys}"
        kept = change(room.desk, copy, text, message=f"set {what}")
        _say(room, copy, kept, at, f"{what} set")


def _seen(copy: Copy, seen: int | None) -> Copy:
    if seen not in {None, copy.revision.number}:
        where = f"editions/{copy.edition.filename}"
        raise ConflictError(
            f"{where}: changed meanwhile, it is revision {copy.revision.number}, not {seen}; look again"
        )
    return copy


def _kind_and_values(words: Sequence[str], snippet: str | None) -> tuple[str, Mapping[str, Sequence[str]]]:
    """Part the words of `add-block` into KIND#ID and values. Raises UsageError before anything is opened."""
    if snippet:
        return "", _pairs(words)
    if not words or "=" in words[0]:
        raise UsageError(f"add-block: name a kind ({', '.join(KINDS)}) or a --snippet")
    kind, _, name = words[0].partition("#")
    if kind not in KINDS:
        hint = did_you_mean(kind, tuple(KINDS)) or f"; there are {', '.join(KINDS)}"
        raise UsageError(f"{kind}: no kind of block{hint}")
    if name and not is_id(name):
        raise UsageError(f"{name}: no name for a block; use letters, digits, - and .")
    return words[0], _pairs(words[1:])


def _pairs(words: Sequence[str]) -> Mapping[str, Sequence[str]]:
    values: dict[str, list[str]] = {}
    for word in words:
        key, is_pair, value = word.partition("=")
        if not is_pair or not key:
            raise UsageError(f"{word}: write KEY=VALUE, in quotation marks when there are spaces")
        values.setdefault(key, []).append(value)
    return values


def _body(name: str | None) -> str:
    if not name:
        return ""
    if name == PIPE and sys.stdin.isatty():
        screen.note("reading what you type or paste; end with Ctrl-D on a line of its own")
    try:
        content = sys.stdin.buffer.read() if name == PIPE else Path(name).read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {error.strerror}") from None


def _new(room: Newsroom, copy: Copy, named: str, values: Mapping[str, Sequence[str]], body: str) -> Block:
    """Make the block: what its kind needs stands as TK until it is given."""
    kind, _, name = named.partition("#")
    if body.strip() and KINDS[kind].body == "none":
        raise UsageError(f"--body: a {kind} has no words, only fields")
    made = blank(kind, room.settings, hint=hint_of(profile_of(room, copy), kind))
    fields = fields_for(kind, {field.key: _texts(field.value) for field in made.fields} | dict(values))
    return replace(made, id=name, fields=fields, body=body or made.body)


def _texts(value: Value) -> Sequence[str]:
    return (value,) if isinstance(value, str) else value


def _snippet(room: Newsroom, copy: Copy, name: str, values: Mapping[str, Sequence[str]]) -> tuple[Block, ...]:
    said = (room.settings.name, room.settings.base_url, room.today().isoformat(), copy.edition.title)
    known = dict(zip(KNOWN, said, strict=True))
    text = room.snippet(name)
    given = {key: "\n".join(several) for key, several in values.items()}
    blocks = fill(f"templates/snippets/{name}.md", text, given, known)
    if not blocks:
        raise UsageError(f"templates/snippets/{name}.md: holds no block")
    return blocks


def _place(room: Newsroom, copy: Copy, kind: str, after: str | None, before: str | None) -> int:
    if after or before:
        return _named_place(copy, after, before)
    return default_place(copy.manuscript.blocks, kind, profile_of(room, copy))


def _named_place(copy: Copy, after: str | None, before: str | None) -> int:
    there = copy.manuscript.blocks
    return find_block(there, before) if before else find_block(there, after or "") + 1


def _say(room: Newsroom, before: Copy, kept: Copy, at: int, what: str) -> None:
    """Say what was done and where, and what the reader of the manuscript stumbles over now that it did not before."""
    line = f":{kept.manuscript.blocks[at].line}" if 0 <= at < len(kept.manuscript.blocks) else ""
    file = path_of(room, kept.edition)
    if kept.revision.number == before.revision.number:
        screen.say(f"{file}{line}: nothing to change, revision {kept.revision.number}")
        return
    screen.say(f"{file}{line}: {what}, revision {kept.revision.number}")
    known = {(problem.rule, problem.message) for problem in before.problems}
    for problem in kept.problems:
        if (problem.rule, problem.message) not in known:
            screen.note(place(kept.edition, problem))
