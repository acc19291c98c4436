"""What others have found before proof begins: the manuscript's reader and the desk. Proof passes it on.

The rules stand here so that docs and explanations know every id an editor can meet.
"""

from collections.abc import Iterator

from composer.proofs.case import Case, Finding, rule


def _passed_on(_: Case) -> Iterator[Finding]:
    """Find nothing: these remarks arrive in `Case.problems`."""
    return iter(())


RULES = (
    rule(
        "F001",
        "error",
        reason="A header that is not closed swallows the edition's first words.",
        mend="Write `---` on a line of its own below the last header field.",
    )(_passed_on),
    rule(
        "F002",
        "error",
        also="warning",
        reason="A line that is no field is lost on readers; where it may be words it is read so (warning).",
        mend="Write it as `key: value`, or leave a blank line above it when it is words.",
    )(_passed_on),
    rule(
        "F003",
        "error",
        also="warning",
        reason="Of a key that is written twice only the first counts; of a key nobody knows both are kept (warning).",
        mend="Keep one of the two lines, or make them a list.",
    )(_passed_on),
    rule(
        "F004",
        "error",
        reason="A block that is not closed swallows what follows it.",
        mend="Write `:::` on a line of its own where the block ends.",
    )(_passed_on),
    rule("F005", "error", reason="A block of an unknown kind is kept but not shown.", mend="Correct the kind's name.")(
        _passed_on
    ),
    rule(
        "F006",
        "info",
        reason="Control characters and foreign line ends break mail; they were taken out on reading.",
        mend="Nothing; saving the file makes it so for good.",
    )(_passed_on),
    rule(
        "F007",
        "error",
        reason="Colons that neither open nor close a block are shown to readers.",
        mend="Write `::: kind` or `::: kind #id`, or take the colons out.",
    )(_passed_on),
    rule(
        "F008",
        "error",
        also="warning",
        reason="An edition without a header has no title, date or writer; fields outside one are read as words.",
        mend="Begin the file with `---`, then the fields, then `---`.",
    )(_passed_on),
    rule(
        "F009",
        "error",
        reason="A note that is not closed hides the words that follow it.",
        mend="Write `-->` after its last word.",
    )(_passed_on),
    rule(
        "F010",
        "warning",
        reason="A comment inside words is shown to readers.",
        mend="Give the comment a line of its own, outside the block.",
    )(_passed_on),
    rule(
        "F011",
        "error",
        reason="Code that is not closed is read as words.",
        mend="Repeat the opening marks on a line below the code.",
    )(_passed_on),
    rule(
        "S-ID",
        "error",
        reason="Feeds know the edition by its id for ever; a changed one makes readers get it twice.",
        mend="Set the id back to what the message names.",
    )(_passed_on),
)
