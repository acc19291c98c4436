"""Which articles answer a query, and in which order: questions in SQLite's FTS5. The grammar is in words.py."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    false,
    func,
    literal_column,
    select,
    true,
)

from composer.model import ArticleQuery
from db import words
from db.index import WORDS
from db.tables import articles

Choice = Callable[[Connection, ArticleQuery], Sequence[int]]
_MOST = 2**63 - 1
_MOST_RANKED = 50_000  # hits; beyond, ranking takes a second and more, and says little
_WEIGHTS = "4.0, 2.0, 1.0, 1.0"  # title, summary, text, names
_LOOK_AT = (512, 4_096)  # the newest entries of the index looked at before all hits are sorted
_STRAYS = 300  # articles filed late under an older number: so many are looked at one by one
_CLOSE = 10  # numbers as close together as this are quicker asked for as a stretch than one by one
_PREFIX = "*"
_NEWEST_FIRST = (articles.c.dated.desc(), articles.c.id.desc())


def newest(connection: Connection, query: ArticleQuery) -> Sequence[int]:
    """Return the numbers of the articles a query asks for, newest first."""
    if expression := _expression(words.question(query.words)):
        for look in (_among_the_newest_entries, _among_the_newest_articles, _among_more_entries):
            if (found := look(connection, query, expression)) is not None:
                return found
    page = select(articles.c.id).where(*_filters(query), _answers(query.words)).order_by(*_NEWEST_FIRST)
    return connection.scalars(page.limit(_limit(query))).all()


def best(connection: Connection, query: ArticleQuery) -> Sequence[int]:
    """Return the numbers of the articles a query asks for, best match first; newest first where too many match."""
    expression = _expression(words.question(query.words))
    hits = _matching(expression).limit(_MOST_RANKED + 1).subquery()
    if not expression or (connection.scalar(select(func.count()).select_from(hits)) or 0) > _MOST_RANKED:
        return newest(connection, query)
    rank: ColumnElement[float] = literal_column(f"bm25(article_words, {_WEIGHTS})")
    page = select(articles.c.id).join_from(WORDS, articles, WORDS.c.rowid == articles.c.id)
    page = page.where(_match(expression), *_filters(query)).order_by(rank, *_NEWEST_FIRST)
    return connection.scalars(page.limit(_limit(query))).all()


def _among_the_newest_entries(connection: Connection, query: ArticleQuery, expression: str) -> Sequence[int] | None:
    return _newest_of(connection, query, expression, _LOOK_AT[0])


def _among_more_entries(connection: Connection, query: ArticleQuery, expression: str) -> Sequence[int] | None:
    return _newest_of(connection, query, expression, _LOOK_AT[1])


def _among_the_newest_articles(connection: Connection, query: ArticleQuery, expression: str) -> Sequence[int] | None:
    """Return the answer if the newest articles hold enough of it: so they do for a common word, in whatever order."""
    if _PREFIX in expression:
        return None
    page = select(articles.c.id).where(*_filters(query)).order_by(*_NEWEST_FIRST).limit(_STRAYS)
    numbers = connection.scalars(page).all()
    answering = _answering(connection, expression, numbers)
    found = [number for number in numbers if number in answering][: _limit(query)]
    return found if len(found) == _limit(query) or len(numbers) < _STRAYS else None


def _newest_of(connection: Connection, query: ArticleQuery, expression: str, size: int) -> Sequence[int] | None:
    """Return the answer if the newest entries of the index prove it: None when older entries could be newer articles.

    The index goes by number, the answer by date; both mostly run together, for articles are kept as they come.
    """
    numbers = connection.scalars(_matching(expression).order_by(WORDS.c.rowid.desc()).limit(size)).all()
    found = _dated(connection, query, numbers)[: _limit(query)]
    if len(numbers) < size:
        return [row.id for row in found]
    if len(found) < _limit(query) or not found:
        return None
    newer = (articles.c.dated > found[-1].dated, articles.c.id < numbers[-1])
    strays = connection.scalars(select(articles.c.id).where(*newer).limit(_STRAYS + 1)).all()
    if len(strays) > _STRAYS:
        return None
    answering = _answering(connection, expression, strays)
    return [row.id for row in _dated(connection, query, [*(row.id for row in found), *answering])[: _limit(query)]]


def _answering(connection: Connection, expression: str, numbers: Sequence[int]) -> set[int]:
    """Return which of some articles answer. Asked one by one, a prefix would be spelled out anew for each."""
    if not numbers:
        return set()
    some = WORDS.c.rowid.in_(numbers)
    if _PREFIX in expression or max(numbers) - min(numbers) < _CLOSE * len(numbers):
        some = WORDS.c.rowid.between(min(numbers), max(numbers))
    return set(numbers) & set(connection.scalars(_matching(expression).where(some)))


def _dated(connection: Connection, query: ArticleQuery, numbers: Sequence[int]) -> list[Row[Any]]:
    some = func.json_each(str(list(numbers))).table_valued("value")
    page = select(articles.c.id, articles.c.dated).join_from(some, articles, articles.c.id == some.c.value)
    return list(connection.execute(page.where(*_filters(query)).order_by(*_NEWEST_FIRST)))


def _filters(query: ArticleQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [articles.c.state.in_(query.states)]
    if "new" not in query.states:
        conditions.append(literal_column("articles.state <> 'new'"))  # names the index of the few that are picked
    if query.since is not None:
        conditions.append(articles.c.dated >= query.since)
    if query.source_id is not None:
        conditions.append(articles.c.source_id == query.source_id)
    return conditions


def _limit(query: ArticleQuery) -> int:
    return min(max(query.limit, 0), _MOST)


def _answers(typed: str) -> ColumnElement[bool]:
    """Return the condition that an article answers what was typed: all of them for nothing, none for mere signs."""
    question = words.question(typed)
    if expression := _expression(question):
        return articles.c.id.in_(_matching(expression))
    if question.unwanted:
        return articles.c.id.not_in(_matching(_group(question.unwanted)))
    return false() if typed.strip() else true()


def _expression(question: words.Question) -> str:
    """Return a question with something wanted in it as FTS5 puts it, else nothing."""
    wanted = " AND ".join(_group(group) for group in question.groups)
    return f"({wanted}) NOT {_group(question.unwanted)}" if wanted and question.unwanted else wanted


def _matching(expression: str) -> Select[Any]:
    return select(WORDS.c.rowid).where(_match(expression))


def _match(expression: str) -> ColumnElement[bool]:
    return literal_column("article_words").op("MATCH", is_comparison=True)(expression)


def _group(terms: Sequence[words.Term]) -> str:
    """Return what FTS5 calls an expression. Tokens hold letters and digits only, so nothing in them can be syntax."""
    told = " OR ".join(f'"{" ".join(term.tokens)}"{f" {_PREFIX}" if term.prefix else ""}' for term in terms)
    return f"({told})" if told else ""
