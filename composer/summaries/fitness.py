"""What no summary takes: headings, captions and credits, boilerplate, leftovers of markup, items of lists."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from composer.model import Sentence
from composer.summaries.paragraphs import closed
from composer.text import count_words

Unfit = Literal["heading", "caption", "boilerplate", "markup", "list item", "overlong"]

_HEADING_WORDS_MOST = 16
_QUESTION_WORDS_MOST = 8  # a question that is a paragraph of its own is a subhead
_CAPTION_WORDS_MOST = 60
_SENTENCE_WORDS_MOST = 200  # a table, a list of names, a text without stops: no sentence to print
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:#\d+|#x[\da-fA-F]+|nbsp|amp|lt|gt|quot);|\{\{|\]\(https?://")
_LIST_ITEM = re.compile(r"(?:[•▪‣◦●■*·–—-]|\(?(?:\d{1,3}[.)]|[A-Za-zА-Яа-яІЇЄґა-ჿ]\)))\s")


def _phrases(phrases: str) -> tuple[str, ...]:
    return tuple(phrases.split("|"))


# What the page says of itself, in small letters; phrase by phrase is faster than one pattern of many phrases.
_BOILERPLATE = _phrases(
    "sign up here|sign up now|sign up today|sign up for our|sign up for free|sign up to our|sign up to get|"
    "sign up to receive|signed up for our|subscribe to our|subscribe now|subscribe here|subscribe today|to subscribe|"
    "already a subscriber|for subscribers only|our newsletter|this newsletter|free newsletter|click here|"
    "continue reading|follow us|follow @|like us on|all rights reserved|copyright ©|we use cookies|uses cookies|"
    "cookie policy|our terms of use|our privacy policy|additional reporting by|article was first published|"
    "story was first published|piece was first published|article was originally published|"
    "story was originally published|piece was originally published|originally appeared in|originally appeared on|"
    "article first appeared|story first appeared|piece first appeared|version of this story|version of this article|"
    "version of this piece|share this article|share this story|share this page|support our work|support our journalism|"
    "scroll down|contributed to this story|contributed to this report|contributed to this article|watch the video|"
    "watch this video|listen to this podcast|see more below|for confidential support|©|"
    "подписывайтесь на|подпишитесь на|читайте также|все права защищены|підписуйтесь на|підпишіться на|читайте також|"
    "усі права захищено|გამოიწერეთ|ყველა უფლება დაცულია|اشترك في|جميع الحقوق محفوظة"
)
_LABELS = _phrases(
    "advertisement|subscribe|copyright|newsletter|read more|see also|also read|share|print|comments|related"
)
_LABEL_WORDS_MOST = 4
_DESK = re.compile(
    r"(?:^|[;(]\s*)(?:(?:Additional )?[Rr]eporting|[Ee]diting|[Ww]riting|[Tt]ranslated) by [A-Z]"
    r"|^(?:READ|Read) (?:MORE|more)\b"
)
_AGENCY = "(?:afp|getty images|getty|reuters|ap|epa|unian|tass|shutterstock|pool)"
_AGENCIES = _phrases("AFP|AP|EPA|Getty|GETTY|Reuters|REUTERS|UNIAN|TASS|Shutterstock|POOL|Pool")
_CREDITED = _phrases("photo|picture|image|illustration|source|фото|источник|джерело|ფოტო|წყარო|صورة")
_CREDIT = re.compile(
    rf"\b{_AGENCY}(?:/|\s*\)$)|[.!?)\]/|–—-]\s*{_AGENCY}\.?$|/{_AGENCY}\b|\bvia {_AGENCY}\b|\bap photo\b"
    r"|\b(?:file|handout) (?:photo|picture)\b"
    r"|(?:^|[.(]\s*)(?:photo|photos|photograph|image|picture|illustration|source|фото|источник|джерело|ფოტო|წყარო|صورة)"
    r"(?: by\b|\s*:)"
)
_POINTING = re.compile(  # a caption points at its picture
    r"\((?:pictured|seen|left|right|above|below|cent(?:re|er)|top|bottom|far left|far right|second left|second right|"
    r"inset|file|на фото|ліворуч|праворуч|слева|справа)\b[^()]{0,40}\)"
)
_PICTURED = re.compile(r"\b(?:is|are|was|were) pictured\b|\bpictured (?:here|above|below|left|right|together)\b")
_SHOWN = re.compile(r"(?:pictured|above|below|left|right|на фото|на снимке|на світлині|ფოტოზე|في الصورة)\b\s*[:,(]")


def unfit(found: Sequence[Sentence]) -> Mapping[int, Unfit]:
    """Say of a text's sentences which may not be chosen, and why, by their place in `found`.

    A text that has nothing but headings (or one sentence without a full stop) keeps them.
    """
    counts = [count_words(one.words) for one in found]
    whole = "\n".join(one.words for one in found)
    phrases = _present(_BOILERPLATE, whole.lower())
    captions = _captions(found, counts, (_present(_AGENCIES, whole), _present(_CREDITED, whole.lower())))
    reasons: dict[int, Unfit] = dict.fromkeys(captions, "caption")
    headings: dict[int, Unfit] = {}
    for index, one in enumerate(found):
        if _holds(one.words.lower(), phrases):
            reasons.setdefault(index, "boilerplate")
        elif why := _why(one, counts[index], opens=_opens(found, index)):
            reasons.setdefault(index, why)
        elif _is_heading(one, counts[index], alone=_alone(found, index)):
            headings[index] = "heading"
    return headings | reasons if len(headings | reasons) < len(found) else reasons


def _why(sentence: Sentence, count: int, *, opens: bool) -> Unfit | None:
    if _DESK.search(sentence.words) or (count <= _LABEL_WORDS_MOST and _holds(sentence.words.lower(), _LABELS)):
        return "boilerplate"
    if _MARKUP.search(sentence.words) or not count:
        return "markup"
    if count > _SENTENCE_WORDS_MOST:
        return "overlong"
    return "list item" if opens and _LIST_ITEM.match(sentence.words) else None


def _is_heading(sentence: Sentence, count: int, *, alone: bool) -> bool:
    words = sentence.words
    if words.endswith(":"):
        return True  # it announces what follows
    if not closed(words):
        return count <= _HEADING_WORDS_MOST
    return alone and words.endswith(("?", "؟")) and count <= _QUESTION_WORDS_MOST


def _present(phrases: Sequence[str], text: str) -> list[str]:
    """Return the phrases that a text holds, so that its sentences need not be searched for the others."""
    return [phrase for phrase in phrases if phrase in text]


def _holds(words: str, phrases: Sequence[str]) -> bool:
    return any(phrase in words for phrase in phrases)


def _captions(found: Sequence[Sentence], counts: Sequence[int], names: tuple[list[str], list[str]]) -> set[int]:
    """Return sentences that point at a picture, and short paragraphs that hold a credit.

    `names`: the agencies that the text holds, and the words for a credit in small letters.
    """
    lengths: dict[int, int] = {}
    for one, count in zip(found, counts, strict=True):
        lengths[one.paragraph] = lengths.get(one.paragraph, 0) + count
    credited = {index for index, one in enumerate(found) if _credits(one.words, *names)}
    whole = {found[index].paragraph for index in credited if lengths[found[index].paragraph] <= _CAPTION_WORDS_MOST}
    return credited | {index for index, one in enumerate(found) if one.paragraph in whole or _points(one.words)}


def _credits(words: str, agencies: Sequence[str], credited: Sequence[str]) -> bool:
    """Say whether words name whose picture it is."""
    small = words.lower()
    return (_holds(words, agencies) or _holds(small, credited)) and _CREDIT.search(small) is not None


def _points(words: str) -> bool:
    """Say whether words point at a picture: (left), pictured here, above:."""
    small = words.lower()
    return (
        ("(" in small and _POINTING.search(small) is not None)
        or ("pictured" in small and _PICTURED.search(small) is not None)
        or _SHOWN.match(small) is not None
    )


def _opens(found: Sequence[Sentence], index: int) -> bool:
    return not index or found[index - 1].paragraph != found[index].paragraph


def _alone(found: Sequence[Sentence], index: int) -> bool:
    return _opens(found, index) and (index + 1 == len(found) or found[index + 1].paragraph != found[index].paragraph)
