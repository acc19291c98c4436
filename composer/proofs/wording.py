"""Running words: links that say where they lead, paragraphs and sentences that can be read at a glance."""

import re
from collections.abc import Iterator

from composer.proofs.case import BODY, OWN_WORDS, Case, Finding, rule
from composer.proofs.reading import sentences
from composer.proofs.vocabulary import EMPTY_LINKS, GLUED
from composer.text import count_words, cut, quoted

_SENTENCE_WORDS_MOST = 45
_BARE = re.compile(r"(?:https?://|www\.)\S+")
_TRIM = " \t\n.…!?:;,»›→>-–—\"'“”()[]"


def is_empty_link(words: str) -> bool:
    """Say whether link words tell nothing by themselves, in any language with a list."""
    return words.strip(_TRIM).lower() in EMPTY_LINKS


@rule(
    "T-LINKTEXT",
    "warning",
    reason="Screen readers read links out one by one; here, here and more lead nowhere.",
    mend="Link the words that name what readers will find.",
)
def link_words(case: Case) -> Iterator[Finding]:
    """Look at links in running words, and at the labels of buttons."""
    for block, reading in case.readings(*OWN_WORDS, "quote", "pullquote"):
        for anchor in reading.anchors:
            if is_empty_link(anchor.words):
                message = f"the link {quoted(anchor.words)} does not say where it leads; link words that do"
                yield Finding(block=block, key=BODY, below=anchor.line, message=message)
    for block in case.manuscript.of("signup", "cta"):
        if is_empty_link(block.get("label")):
            message = f"the button {quoted(block.get('label'))} does not say what it does; name it"
            yield Finding(block=block, key="label", message=message)


@rule(
    "T-URL-BARE",
    "info",
    reason="An address is for machines; read aloud it is noise.",
    mend="Link words instead: [words](address).",
)
def bare_address(case: Case) -> Iterator[Finding]:
    """Look for addresses in the words that readers see."""
    for block, reading in case.readings(*OWN_WORDS, "quote", "pullquote"):
        for passage in reading.passages:
            if bare := _BARE.search(passage.words):
                message = f"{cut(bare.group(), 50)} stands bare in the text; link words instead"
                yield Finding(block=block, key=BODY, below=passage.line, message=message)


@rule(
    "T-LEN-PARA",
    "warning",
    reason="A paragraph that fills a phone's screen loses its readers.",
    mend="Part it where the thought turns.",
)
def paragraph_length(case: Case) -> Iterator[Finding]:
    """Count words a paragraph against the profile."""
    most = case.profile.paragraph_words_most
    for block, reading in case.readings(*OWN_WORDS):
        for passage in reading.passages:
            if passage.count > most:
                message = f"a paragraph of {passage.count} words; part it, {most} are the most"
                yield Finding(block=block, key=BODY, below=passage.line, message=message)


@rule(
    "T-LEN-SENT",
    "info",
    reason="Past 45 words most readers have lost the beginning.",
    mend="Make it two sentences.",
)
def sentence_length(case: Case) -> Iterator[Finding]:
    """Count words a sentence."""
    for block, reading in case.readings(*OWN_WORDS):
        for passage in reading.passages:
            for sentence in sentences(passage.words) if passage.count > _SENTENCE_WORDS_MOST else ():
                count = count_words(sentence)
                if count > _SENTENCE_WORDS_MOST:
                    message = f"a sentence of {count} words ({quoted(cut(sentence, 30))}); make it two"
                    yield Finding(block=block, key=BODY, below=passage.line, message=message)


@rule(
    "T-GLUE",
    "warning",
    reason="Two words glued together are what a drop cap leaves behind when text is copied.",
    mend="Put the space back.",
)
def glued(case: Case) -> Iterator[Finding]:
    """Look for an English particle glued to an article or a pronoun, pairs that make no word."""
    if case.lang != "en":
        return
    for block, reading in case.readings(*OWN_WORDS, "quote", "pullquote"):
        for passage in reading.passages:
            for found in GLUED.finditer(passage.words):
                message = f"“{found.group()}” looks like two words; put the space back"
                yield Finding(block=block, key=BODY, below=passage.line, message=message)


RULES = (link_words, bare_address, paragraph_length, sentence_length, glued)
