"""Taking in what another store held, inside the caller's transaction. What is here already is never overwritten."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from composer.errors import StoreError
from composer.lifecycle import Event
from composer.model import Article, Edition, Publication, Revision, Source, Version
from composer.records import Holdings, Snapshot, Taken
from db import rows, snapshots
from db.tables import (
    article_texts,
    article_versions,
    articles,
    articles_unindexed,
    editions,
    events,
    publications,
    revisions,
    sources,
)

_AT_ONCE = 400  # articles
ELSEWHERE = "-"  # what `Edition.filed` says of an edition whose file nobody here has looked at
Retold = Callable[[str, Mapping[int, int]], str]  # a manuscript and numbers of articles, theirs → ours → the manuscript


@dataclass(slots=True)
class _Plan:
    """What becomes of one edition: the record as it will be, and the revisions that are here."""

    record: Edition
    here: list[str]  # sha256 of each
    grown: bool = False
    parted: bool = False


@dataclass(slots=True)
class _Takeover:
    connection: Connection
    retold: Retold
    counts: Counter[str] = field(default_factory=Counter)
    conflicts: list[str] = field(default_factory=list)
    sources: dict[int, int] = field(default_factory=dict)  # theirs → ours
    articles: dict[int, int] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)  # articles of ours that came with this
    plans: dict[int, _Plan] = field(default_factory=dict)  # by their number

    def take(self, holdings: Holdings) -> Taken:
        """Take in each part in its order; what one refers to is there before it."""
        for source in holdings.sources:
            self._source(source)
        if self.connection.scalar(select(articles.c.id).limit(1)) is None:
            self._all_articles(holdings.articles)
        else:
            for article in holdings.articles:
                self._article(article, self._known(article))
        for version in holdings.versions:
            self._version(version)
        self._snapshots(holdings.snapshots)
        self._editions(holdings)
        touched = tuple(self._finished())
        new = self.counts
        return Taken(
            sources=new["sources"],
            articles=new["articles"],
            snapshots=new["snapshots"],
            editions=new["editions"],
            revisions=new["revisions"],
            publications=new["publications"],
            conflicts=tuple(self.conflicts),
            touched=touched,
        )

    def _source(self, source: Source) -> None:
        here = self.connection.scalar(select(sources.c.id).where(sources.c.url == source.url))
        if here is None:
            here = self._add(sources, source.id, rows.source_row(source))
            self.counts["sources"] += 1
        self.sources[source.id] = here

    def _all_articles(self, arriving: Iterable[Article]) -> None:
        """Take articles into a store that has none, many at once: each is new and keeps its number."""
        rest = iter(arriving)
        while some := list(islice(rest, _AT_ONCE)):
            ours = [one.source_id if one.source_id is None else self.sources[one.source_id] for one in some]
            placed = [replace(one, source_id=source_id) for one, source_id in zip(some, ours, strict=True)]
            self.connection.execute(insert(articles), [{**rows.article_row(one), "id": one.id} for one in placed])
            self.connection.execute(insert(article_texts), [{"article_id": one.id, "text": one.text} for one in some])
            self.connection.execute(insert(articles_unindexed), [{"article_id": one.id} for one in some])
            self.articles |= {one.id: one.id for one in some}
            self.fresh.update(one.id for one in some)
            self.counts["articles"] += len(some)

    def _known(self, article: Article) -> Article | None:
        its = articles.c.source_id
        of = self.sources.get(article.source_id) if article.source_id is not None else None
        same = (its == of if of is not None else its.is_(None)) & (articles.c.guid == article.guid)
        linked = articles.c.url == article.url
        whole = select(articles, article_texts.c.text).join_from(articles, article_texts)
        for wanted in (same, linked) if article.url and of is None else (same,):
            if row := self.connection.execute(whole.where(wanted).order_by(articles.c.id)).mappings().first():
                return rows.article_value(row)
        return None

    def _article(self, article: Article, known: Article | None) -> None:
        if known:
            self.articles[article.id] = known.id
            if (known.title, known.text) != (article.title, article.text):
                self.conflicts.append(f"article {known.id}, {known.title}: reads otherwise here; left as it stands")
            return
        source_id = self.sources[article.source_id] if article.source_id is not None else None
        row = rows.article_row(replace(article, source_id=source_id))
        here = self._add(articles, article.id, row)
        self.connection.execute(insert(article_texts), {"article_id": here, "text": article.text})
        self.connection.execute(insert(articles_unindexed), {"article_id": here})
        self.articles[article.id] = here
        self.fresh.add(here)
        self.counts["articles"] += 1

    def _version(self, version: Version) -> None:
        here = self.articles[version.article_id]
        if here in self.fresh:
            row = {name: getattr(version, name) for name in ("number", "title", "text", "seen_at")}
            self.connection.execute(insert(article_versions), {**row, "article_id": here})

    def _snapshots(self, theirs: Iterable[Snapshot]) -> None:
        """Add snapshots that follow those that are here; where others are here, ours stand."""
        parted = set()
        for one in theirs:
            number = self.articles[one.article_id]
            own = list(snapshots.of(self.connection, [number])) if number not in self.fresh or one.number > 1 else []
            if one.number <= len(own):
                if (own[one.number - 1].title, own[one.number - 1].sha256) != (one.title, one.sha256):
                    parted.add(number)
            elif number not in parted:
                versions = one.versions if number in self.fresh else self._versions(number, one)
                placed = replace(one, article_id=number, number=len(own) + 1, versions=versions)
                snapshots.add(self.connection, placed)
                self.counts["snapshots"] += 1
        self.conflicts += [f"article {number}: was chosen here as it read otherwise; left so" for number in parted]

    def _versions(self, number: int, one: Snapshot) -> int:
        """Count the versions that an article here had when it read so: one fewer when it reads otherwise now."""
        counted = select(func.coalesce(func.max(article_versions.c.number), 0))
        count = self.connection.scalar(counted.where(article_versions.c.article_id == number)) or 0
        text = self.connection.scalar(select(article_texts.c.text).where(article_texts.c.article_id == number))
        return count if text == one.text else max(count - 1, 0)

    def _editions(self, holdings: Holdings) -> None:
        for edition in holdings.editions:
            self._edition(edition)
        for revision in holdings.revisions:
            self._revision(revision)
        for publication in holdings.publications:
            self._publication(publication)
        for event in holdings.events:
            self._event(event)

    def _edition(self, edition: Edition) -> None:
        row = self.connection.execute(select(editions).where(editions.c.uid == edition.uid)).mappings().first()
        if row:
            here = rows.edition_value(row)
            own = select(revisions.c.sha256).where(revisions.c.edition_id == here.id).order_by(revisions.c.number)
            free = not here.published_at and not self._taken(edition, here.id, ("slug",))
            record = replace(_joined(here, edition), slug=edition.slug if free else here.slug)
            self.plans[edition.id] = _Plan(record, list(self.connection.scalars(own)))
            return
        if taken := self._taken(edition, 0, ("slug", "filename")):
            self.conflicts.append(f"{edition.filename}: {taken}; not taken in")
            return
        # What is on a schedule there would go out twice if it were on one here as well.
        status = "draft" if edition.status == "scheduled" else edition.status
        record = replace(edition, filed=ELSEWHERE, status=status)
        number = self._add(editions, edition.id, rows.edition_row(record))
        self.plans[edition.id] = _Plan(replace(record, id=number), [])
        self.counts["editions"] += 1

    def _taken(self, edition: Edition, own: int, names: Iterable[str]) -> str:
        for name in names:
            same = select(editions.c.id).where(editions.c[name] == getattr(edition, name), editions.c.id != own)
            if holder := self.connection.scalar(same):
                return f"edition {holder} here has this {name} and is another one"
        return ""

    def _revision(self, revision: Revision) -> None:
        plan = self.plans.get(revision.edition_id)
        if plan is None or plan.parted:
            return
        if revision.number <= len(plan.here):
            if plan.here[revision.number - 1] != revision.sha256:
                self._part(plan, revision.number)
            return
        self._append(plan, revision)

    def _part(self, plan: _Plan, number: int) -> None:
        plan.parted = True
        sentence = f"revision {number} is another text here, and yours was left out; export both and compare"
        self.conflicts.append(f"edition {plan.record.id}, {plan.record.title}: {sentence}")

    def _append(self, plan: _Plan, revision: Revision) -> None:
        placed = replace(revision, edition_id=plan.record.id, number=len(plan.here) + 1)
        self.connection.execute(insert(revisions), rows.revision_row(placed))
        plan.here.append(revision.sha256)
        plan.grown = True
        self.counts["revisions"] += 1

    def _publication(self, publication: Publication) -> None:
        plan = self.plans.get(publication.edition_id)
        if plan is None or plan.parted:
            return
        row = rows.publication_row(replace(publication, edition_id=plan.record.id))
        same = select(publications.c.id).where(*(publications.c[name] == value for name, value in row.items()))
        if self.connection.scalar(same) is None:
            self.connection.execute(insert(publications), row)
            plan.grown = True
            self.counts["publications"] += 1

    def _event(self, event: Event) -> None:
        plan = self.plans.get(event.edition_id)
        if plan is None or plan.parted:
            return
        row = rows.event_row(replace(event, edition_id=plan.record.id))
        told = (events.c[name].is_not_distinct_from(value) for name, value in row.items())
        same = select(events.c.id).where(*told)
        if self.connection.scalar(same) is None:
            self.connection.execute(insert(events), row)

    def _finished(self) -> Iterator[int]:
        """Write the records of editions that have grown, with the article numbers that hold here."""
        moved = {theirs: ours for theirs, ours in self.articles.items() if theirs != ours}
        for plan in self.plans.values():
            if not plan.grown:
                continue
            if moved:
                self._retell(plan, moved)
            record = replace(plan.record, revision=len(plan.here))
            self.connection.execute(update(editions).where(editions.c.id == record.id).values(rows.edition_row(record)))
            yield record.id

    def _retell(self, plan: _Plan, moved: Mapping[int, int]) -> None:
        newest = (revisions.c.edition_id == plan.record.id) & (revisions.c.number == len(plan.here))
        last = rows.revision_value(self.connection.execute(select(revisions).where(newest)).mappings().one())
        if (text := self.retold(last.text, moved)) != last.text:
            message = "article numbers as they are here"
            self._append(plan, replace(last, text=text, sha256=snapshots.sha256(text), message=message))

    def _add(self, table: Table, number: int, row: dict[str, Any]) -> int:
        """Insert a row under its number where that is free and a number at all."""
        taken = number <= 0 or self.connection.scalar(select(table.c.id).where(table.c.id == number)) is not None
        added = self.connection.execute(insert(table).returning(table.c.id), row if taken else {**row, "id": number})
        return int(added.scalar_one())


def _joined(here: Edition, theirs: Edition) -> Edition:
    """Return an edition's record with what their later revisions and publications say of it."""
    later = max((here, theirs), key=lambda one: one.updated_at.timestamp() if one.updated_at else 0.0)
    return replace(
        here,
        title=theirs.title,
        status=later.status,
        published_at=here.published_at or theirs.published_at,
        updated_at=later.updated_at,
    )


def take_over(connection: Connection, holdings: Holdings, retold: Retold) -> Taken:
    """Take in what another store held. Raises StoreError when one part refers to what another lacks."""
    try:
        return _Takeover(connection, retold).take(holdings)
    except KeyError as error:
        raise StoreError(f"{error}: something refers to this number, and nothing has it") from error
