"""A summary by a language model: asked for, checked, asked for once more, and refused rather than believed.

Functions over ports: the writer, the shelf of kept answers and the check of evidence arrive as arguments.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from composer.commissions import Answer, Commission, Flag, Line, Tally, hashed
from composer.desk.bureau.answering import Reply, listed, objections, read_reply
from composer.desk.bureau.prompt import PROMPT_VERSION, Sent, asked, asked_again, sendable
from composer.model import Article
from composer.ports import Commissions, Writer
from composer.summaries import summarise
from composer.text import cut, one_line

Check = Callable[[str, Sequence[Article]], Sequence[Flag]]
_ASKED_MOST = 2  # the first time, and once more with what was wrong
_SHOWN = 70


def unflagged(summary: str, articles: Sequence[Article]) -> tuple[Flag, ...]:
    """Raise no flag beyond what every answer is held against."""
    del summary, articles
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureau:
    """Where summaries are commissioned: which model, who reaches it, where answers are kept, who checks them."""

    base_url: str
    model: str
    writer: Writer
    shelf: Commissions
    check: Check = unflagged
    temperature: float | None = None
    words_most: int = 75
    anew: bool = False  # ask even where an answer is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A summary for a brief. Without a commission its sentences are the article's own."""

    words: str
    commission: Commission | None = None
    notes: tuple[str, ...] = ()  # what the editor should know, a line each
    tally: Tally = field(default_factory=Tally)


def commission(article: Article, bureau: Bureau) -> Written:
    """Return a summary of an article, by the bureau's model if its answer passes.

    An answer passes when it is the JSON that was asked for, holds plain words alone, copies its evidence from the
    article, and the bureau's check has no red flag. One that does not is asked for once more with what was wrong; then
    the article's own sentences stand instead, and the notes say why. An answer that is kept is not asked for again.
    Raises WireError, AuthError and RateLimitError when the model cannot be reached, StoreError.
    """
    sent = sendable(article)
    notes = _remarks(sent)
    if not sent.article.text:
        return Written(words="", notes=(*notes, "there is no text to summarise"))
    opening, tally = asked(sent, bureau.words_most), Tally()
    lines, wrong = opening, list[str]()
    for _ in range(_ASKED_MOST):
        wanted = _commission(bureau, sent, lines)
        answer, cost = _ask(bureau, wanted)
        tally += cost
        reply = read_reply(answer.text)
        wrong, amber = _verdict(bureau, sent, reply)
        if not wrong:
            return Written(words=reply.summary, commission=wanted, notes=(*notes, *amber), tally=tally)
        lines = asked_again(opening, answer.text, wrong)
    refused = f"{bureau.model} handed in nothing usable, twice: {listed(wrong)}"
    own = summarise(sent.article.text, bureau.words_most).text
    return Written(words=own, notes=(*notes, refused), tally=tally)


def _verdict(bureau: Bureau, sent: Sent, reply: Reply) -> tuple[list[str], list[str]]:
    """Return what forbids a reply, and what the editor should look at."""
    if wrong := objections(reply, sent.article, bureau.words_most):
        return list(wrong), []
    flags = bureau.check(reply.summary, [sent.article])
    red = [flag.message for flag in flags if flag.level == "red"]
    return red, [f"look at this: {flag.message}" for flag in flags if flag.level == "amber"]


def _commission(bureau: Bureau, sent: Sent, lines: tuple[Line, ...]) -> Commission:
    return Commission(
        base_url=bureau.base_url,
        model=bureau.model,
        prompt_version=PROMPT_VERSION,
        article_sha256=hashed(sent.article.text),
        lines=lines,
        temperature=bureau.temperature,
    )


def _ask(bureau: Bureau, wanted: Commission) -> tuple[Answer, Tally]:
    kept = None if bureau.anew else bureau.shelf.find(wanted.key)
    if kept is not None:
        return kept, Tally(kept=1)
    answer = bureau.writer.write(wanted)
    bureau.shelf.keep(wanted, answer)
    cost = Tally(calls=1, tokens_in=answer.tokens_in, tokens_out=answer.tokens_out, milliseconds=answer.milliseconds)
    return answer, cost


def _remarks(sent: Sent) -> tuple[str, ...]:
    """Say what of the article was not sent."""
    orders = (
        f"a passage speaks to machines and was kept from it: “{cut(one_line(one), _SHOWN)}”" for one in sent.withheld
    )
    long = ("the article is long; only its beginning was sent",) if sent.is_cut else ()
    return *orders, *long
