"""Writing: a manuscript to its one canonical text.

`load(dump(m)).manuscript == m` for every valid m, and no error is found in it. Valid means: what `load` can return.

* Words are clean (`lines.clean`); values and comments stand on one line; bodies have no blank line at either edge.
* Header fields stand in canonical order; comments begin with `#` and neither begin nor end with a blank.
* A key is one its schema takes. A list-typed key holds a tuple and stands once, any other known key a string; a key
  of the editor's own holds a string, or a tuple that is not empty.
* Kind and id are words as `::: kind #id` writes them; no line in the body of a kind without a body is a field.

Anything else is written as near as the format comes to it, and always so that no body, value or comment can break
out of its place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from composer.blocks import Block, Manuscript
from composer.manuscript.body import HEADINGS, read_blocks
from composer.manuscript.containers import write_container
from composer.manuscript.fields import header_lines
from composer.manuscript.header import FENCE, place_of
from composer.manuscript.lines import body_of, flat


def dump(manuscript: Manuscript) -> str:
    """Return the canonical text: header fences always, one blank line between blocks, one line end at the end."""
    return "\n\n".join([_header(manuscript), *_parts(manuscript.blocks)]) + "\n"


def dump_blocks(blocks: Sequence[Block]) -> str:
    """Return blocks as `dump` writes them, without a header: what is put into a text that stands already."""
    return "\n\n".join(_parts(blocks)) + "\n"


def _parts(blocks: Sequence[Block]) -> Iterator[str]:
    in_prose = False
    for typed in blocks:
        block = replace(typed, body=body_of(typed.body))
        bare = "" if in_prose and block.kind == "prose" else _bare(block)
        in_prose = bool(bare) and block.kind == "prose"
        yield bare or write_container(block)


def _header(manuscript: Manuscript) -> str:
    lines = []
    for made in sorted(manuscript.header, key=lambda one: place_of(one.key)):
        lines += [_comment(words) for words in made.above]
        lines += header_lines(made)
    return "\n".join([FENCE, *lines, *(_comment(words) for words in manuscript.header_tail), FENCE])


def _comment(words: str) -> str:
    comment = flat(words).strip(" \t")
    return comment if comment.startswith("#") else f"# {comment}"


def _bare(block: Block) -> str:
    """Return the block in Markdown's own dress, or "" when only a container says exactly the same."""
    text = _dressed(block)
    if not text or block.fields:
        return ""
    blocks, problems = read_blocks(text.split("\n"))
    wrong = any(problem.severity == "error" for problem in problems)
    return text if blocks == [block] and not wrong else ""


def _dressed(block: Block) -> str:
    if block.kind in HEADINGS:
        tail = f" {{#{block.id}}}" if block.id else ""
        return f"{'#' * (HEADINGS.index(block.kind) + 1)} {block.body}{tail}"
    if block.kind == "note":
        return f"<!-- {block.body} -->" if block.body else "<!-- -->"
    if block.kind == "divider":
        return FENCE
    return block.body if block.kind == "prose" else ""
