"""The words around an editor's own, in the edition's language."""

from collections.abc import Iterator

from composer.proofs.case import Case, Finding, rule

_SOURCE = "en"


@rule(
    "T-TONGUE",
    "info",
    reason="Labels, the colophon and the closing box's title are printed in English where nobody has translated them.",
    mend="Translate them: `currents strings LANG --write`, and fill in templates/words/LANG.po.",
)
def tongue(case: Case) -> Iterator[Finding]:
    """Say when no catalogue of fixed words speaks the edition's language, nor a parent of it."""
    if case.words_in == _SOURCE and case.lang != _SOURCE:
        message = f"readers get English labels: no words for {case.lang} yet; `currents strings {case.lang}` lists them"
        yield Finding(key="lang", message=message)


RULES = (tongue,)
