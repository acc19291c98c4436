"""Full-text search: the index and the question, in SQLite's FTS5. The grammar is in words.py."""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    column,
    delete,
    false,
    insert,
    literal_column,
    select,
    table,
    true,
)

from composer.model import Article
from db import words
from db.tables import articles

_INDEX = table("article_words", column("rowid"), column("title"), column("summary"), column("text"), column("names"))


def index(connection: Connection, changed: Sequence[Article]) -> None:
    """Bring the index up to date with articles that were just kept, in the same transaction."""
    if not changed:
        return
    old = delete(_INDEX).where(_INDEX.c.rowid == bindparam("article_id"))
    connection.execute(old, [{"article_id": article.id} for article in changed])
    connection.execute(insert(_INDEX), [_entry(article) for article in changed])


def answers(typed: str) -> ColumnElement[bool]:
    """Return the condition that an article answers what was typed: all of them for nothing, none for mere signs."""
    question = words.question(typed)
    wanted = " AND ".join(_group(group) for group in question.groups)
    unwanted = _group(question.unwanted)
    if not wanted and not unwanted:
        return false() if typed.strip() else true()
    conditions = [articles.c.id.in_(_matching(wanted))] if wanted else []
    return and_(*conditions, *([articles.c.id.not_in(_matching(unwanted))] if unwanted else []))


def _matching(expression: str) -> Select[tuple[int]]:
    return select(_INDEX.c.rowid).where(literal_column("article_words").op("MATCH")(expression))


def _group(terms: Sequence[words.Term]) -> str:
    """Return what FTS5 calls an expression. Tokens hold letters and digits only, so nothing in them can be syntax."""
    told = " OR ".join(f'"{" ".join(term.tokens)}"{" *" if term.prefix else ""}' for term in terms)
    return f"({told})" if told else ""


def _entry(article: Article) -> dict[str, int | str]:
    names = " ".join((article.outlet, *article.authors))
    cells = {"title": article.title, "summary": article.summary, "text": article.text, "names": names}
    return {"rowid": article.id, **{name: " ".join(words.tokens(cell)) for name, cell in cells.items()}}
