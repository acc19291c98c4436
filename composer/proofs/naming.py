"""Whether words name somebody: an outlet, a partner. Pure words; it knows no edition."""

import re

_STEM_LEAST, _ENDING_LETTERS = 4, 3
_WORD = re.compile(r"[^\W_]+")


def names(told: str, name: str, lang: str) -> bool:
    """Say whether words hold a name: its words in a row, whatever "The" it carries.

    Outside English (`lang` is BCP 47 without region) a word of four letters and more may carry a case ending.
    """
    wanted = [word.lower() for word in _WORD.findall(name)]
    wanted = wanted[1:] if len(wanted) > 1 and wanted[0] == "the" else wanted
    heard = [word.lower() for word in _WORD.findall(told)]
    runs = (heard[at : at + len(wanted)] for at in range(len(heard) - len(wanted) + 1))
    return bool(wanted) and any(
        all(_same(one, other, lang) for one, other in zip(wanted, run, strict=True)) for run in runs
    )


def _same(wanted: str, heard: str, lang: str) -> bool:
    if wanted == heard or lang == "en":
        return wanted == heard
    stem = wanted[: max(_STEM_LEAST, len(wanted) - _ENDING_LETTERS)]
    return len(wanted) >= _STEM_LEAST and heard.startswith(stem)
