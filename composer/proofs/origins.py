"""Where a story and its words come from beyond the outlet: who counted, and who translated."""

from collections.abc import Iterator

from composer.blocks import Block
from composer.proofs.case import BODY, Case, Finding, rule
from composer.proofs.naming import names
from composer.proofs.reading import sentences
from composer.proofs.vocabulary import ORIGINS
from composer.text import cut, one_line, primary, quoted

_SHOWN = 60
_WORD_LEAST = 4  # letters: shorter words of a name tell nothing


@rule(
    "E-VIA",
    "info",
    reason="A figure that an outlet took from a poll or the customs is owed to both.",
    mend="Name who counted in `via:`.",
)
def origin_unnamed(case: Case) -> Iterator[Finding]:
    """Look in briefs for polls, customs and ministries that `via` does not name, in languages with a list."""
    for block, reading in case.readings("brief"):
        origins = ORIGINS.get(case.lang_of(block))
        for passage in reading.passages if origins else ():
            for sentence in sentences(passage.words):
                found = origins.search(sentence) if origins else None
                if found and not _is_told(case, block, sentence, found.group()):
                    message = f"{quoted(cut(one_line(found.group()), _SHOWN))} is not in `via:`; name who counted there"
                    yield Finding(block=block, key=BODY, below=passage.line, message=message)


@rule(
    "E-TRANSL",
    "warning",
    reason="Translated words are a translator's choice, and readers should know whose.",
    mend="Write `translated-by:`, or `lang:` when the quotation stands in the source's own language.",
)
def translator_unnamed(case: Case) -> Iterator[Finding]:
    """Compare a quote block's language with its sources': as their blocks say, else as the store knows."""
    for block in case.manuscript.of("quote"):
        spoken = {_language(case, name) for name in block.all("source")} - {""}
        if spoken and case.lang_of(block) not in spoken and not block.get("translated-by"):
            message = f"the source is in another language ({', '.join(sorted(spoken))}); write `translated-by:`"
            yield Finding(block=block, key="source", message=message)


def _is_told(case: Case, block: Block, sentence: str, origin: str) -> bool:
    """Say whether `via`, or the name of the outlet itself, has a telling word of what was found."""
    lang = case.lang_of(block)
    outlets = [source.get("outlet") for name in block.all("source") if (source := case.source(name))]
    via = any(names(sentence, word, lang) for told in block.all("via") for word in _telling(told))
    return via or any(names(origin, word, lang) for told in outlets for word in _telling(told))


def _telling(name: str) -> list[str]:
    return [word for word in name.split() if len(word) >= _WORD_LEAST]


def _language(case: Case, name: str) -> str:
    source = case.source(name)
    return primary(source.get("lang") or case.languages.get(name, "")) if source else ""


RULES = (origin_unnamed, translator_unnamed)
