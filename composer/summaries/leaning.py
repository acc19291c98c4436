"""Whether a sentence leans on the one before it: alone it would leave the reader asking who, what or why."""

import re

from composer.summaries.vocabulary import LEANING, LEANING_PHRASES
from composer.text import count_words

_WORDS_LEAST = 4  # "Why the change?", "Not yet."
_QUESTION_WORDS_LEAST = 7
_NAMELESS_WORDS_MOST = 12  # “Snow has drifted up to its axles.”
_PRONOUN = re.compile(r"\b(?:he|she|they|him|them|it|its|his|her|their)\b")
_NAME_OR_FIGURE = re.compile(r"(?<!^)(?<![“\"‘'«„])[^\W\d_a-zა-ჿ]|\d")
_FIRST_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_PHRASE = re.compile(rf"(?:{LEANING_PHRASES})(?!\w)")
_PREPOSITION = re.compile(
    r"(?:about|above|after|against|alongside|amid|among|around|as|at|because of|before|behind|beyond|by|despite|due to|"
    r"during|for|from|given|if|in|inside|instead of|like|more than|of|on|once|over|since|thanks to|through|to|"
    r"under|until|unlike|upon|when|with|within|without) "
    r"(?:all |doing |both |one of |some of |much of )?(?:this|that|these|those|it|him|her|them|such)(?=[\s,.])"
)
_SHARE = re.compile(
    r"(?:all|both|each|few|half|many|most|much|none|one|part|several|some|two|three) "
    r"of (?:his|her|its|their|this|that)\b"
)
_SPEAKER = re.compile(
    r"[\"”’'»“,—–-]\s*(?:he|she|they) (?:\w+ly |also |later |then )?"
    r"(?:sa(?:id|ys)|add(?:s|ed)|t(?:old|ells)|wr(?:ote|ites)|explain(?:s|ed)|not(?:es|ed)|recall(?:s|ed)|continu(?:es|ed)|insist(?:s|ed)|argu(?:es|ed)|ask(?:s|ed)|"
    r"tweeted|admit(?:s|ted)|warn(?:s|ed)|stat(?:es|ed)|claim(?:s|ed)|joked|conclud(?:es|ed)|repl(?:ies|ied))\b"
    r"|[\"”’'»“]\s*(?:said|says|added|adds|asked|wrote|continued|explained) (?:he|she|they)\b"
    r"|[—–,-]\s*[^\W\d_]+(?:в|ла|ли|л|є|же|ють|уть|ет|ит|ят) (?:він|вона|вони|он|она|они)(?!\w)"
    r"|(?:თქვა|ამბობს|აღნიშნა|განაცხადა|დასძინა|განმარტა) მან(?!\w)"
)


def leans(words: str) -> bool:
    """Say whether a sentence needs the one before it: it points back, is a fragment, or has a pronoun and no name.

    By rule, for en, uk, ru, ka and ar, the commonest words of de, es and fr as well. It rather says yes than no.
    """
    return points_back(words) or _is_fragment(words)


def points_back(words: str) -> bool:
    """Say whether a sentence opens with a pronoun or a link to what went before, or names its speaker by pronoun."""
    small = words.lower().replace("’", "'")
    first = _FIRST_WORD.search(small)
    if first is None:
        return True
    at = first.start()
    return (
        first.group() in LEANING
        or _PHRASE.match(small, at) is not None
        or _PREPOSITION.match(small, at) is not None
        or _SHARE.match(small, at) is not None
        or _SPEAKER.search(small) is not None
    )


def _is_fragment(words: str) -> bool:
    count = count_words(words)
    if count < (_QUESTION_WORDS_LEAST if words.endswith(("?", "؟")) else _WORDS_LEAST):
        return True
    nameless = count <= _NAMELESS_WORDS_MOST and not _NAME_OR_FIGURE.search(words)
    return nameless and _PRONOUN.search(words) is not None
