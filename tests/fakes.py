"""Fakes that fill the ports: what they stand for, kept in memory."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any, Self

from composer.cards import Card, CardQuery, Carried
from composer.choice import Clipping, Trace
from composer.commissions import Answer, Commission
from composer.errors import ConflictError, NotFoundError, StoreError
from composer.folding import tokens
from composer.journal import Plan
from composer.lifecycle import Event
from composer.mailing import Delivery, DeliveryState, SenderMark
from composer.model import (
    Article,
    ArticleQuery,
    ArticleState,
    Collected,
    Edition,
    Found,
    Publication,
    Revision,
    Saved,
    Source,
    Version,
)
from composer.records import Drift, Sighting, Snapshot
from composer.services import Push
from db import revising, visits
from db.digests import Digests, digests
from db.matching import Arrival, Known, Match, by_guid, firsts, match
from db.rows import LEAN
from db.snapshots import taken
from db.snippets import cutter
from db.sources import edited
from db.words import Term, question


class MemoryStore:
    """A store that forgets: the same answers as the real one, from lists and loops."""

    def __init__(self) -> None:
        self.articles = MemoryArticles()
        self.sources = MemorySources(self.articles)
        self.editions = MemoryEditions()
        self.commissions = MemoryCommissions()
        self.announcements = MemoryAnnouncements()
        self.morgue = MemoryMorgue(self.editions)
        self.cards = MemoryCards(self.editions)
        self.journal = MemoryJournal()
        self.events = MemoryEvents(self.editions)
        self.deliveries = MemoryDeliveries()
        self.pushes = MemoryPushes()

    def keep(self, batch: Sequence[Collected]) -> tuple[Saved, ...]:
        saved = []
        for visit in batch:
            if kept := self.sources.kept.get(visit.source.id):
                self.sources.learn(kept, replace(visit.source, state="gone") if visit.gone else visit.source)
                saved.append(self.articles.take(list(visits.arrivals(kept.id, visit.articles))))
            else:
                saved.append(Saved())
        return tuple(saved)

    def close(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class MemorySources:
    def __init__(self, articles: "MemoryArticles") -> None:
        self.kept: dict[int, Source] = {}
        self.leases: dict[int, datetime] = {}
        self.articles = articles

    def add(self, source: Source) -> Source:
        self._refuse_second(source)
        kept = replace(source, id=max(self.kept, default=0) + 1)
        self.kept[kept.id] = _checked(kept)
        return kept

    def get(self, source_id: int) -> Source:
        return _held(self.kept, source_id)

    def all(self) -> tuple[Source, ...]:
        return tuple(self.kept.values())

    def save(self, source: Source) -> Source:
        kept = _held(self.kept, source.id)
        if kept.version != source.version:
            raise ConflictError(f"source {kept.id}: changed meanwhile")
        self._refuse_second(source)
        self.kept[kept.id] = replace(kept, **{**edited(kept, source), "tags": source.tags})
        return self.kept[kept.id]

    def remove(self, source_id: int) -> None:
        _held(self.kept, source_id)
        del self.kept[source_id]
        self.articles.set_free(source_id)

    def claim(self, now: datetime, until: datetime, numbers: Sequence[int] | None = None) -> tuple[Source, ...]:
        taken = [one for one in self.kept.values() if self._is_free(one, now) and _is_due(one, now, numbers)]
        self.leases.update(dict.fromkeys((one.id for one in taken), until))
        return tuple(taken)

    def release(self, source_ids: Sequence[int]) -> None:
        for number in source_ids:
            self.leases.pop(number, None)

    def learn(self, kept: Source, source: Source) -> None:
        self.release([kept.id])
        if learnt := visits.sound(source):
            is_free = all(one.url != learnt.url for one in self.kept.values())
            self.kept[kept.id] = visits.taught(kept, learnt, is_free=is_free)

    def _is_free(self, source: Source, now: datetime) -> bool:
        held = (self.leases.get(source.id), source.not_before)
        return source.state == "active" and all(one is None or one <= now for one in held)

    def _refuse_second(self, source: Source) -> None:
        if any(one.url == source.url and one.id != source.id for one in self.kept.values()):
            raise ConflictError(f"{source.url}: followed already")


def _is_due(source: Source, now: datetime, numbers: Sequence[int] | None) -> bool:
    return source.id in numbers if numbers is not None else source.next_at is None or source.next_at <= now


class MemoryArticles:
    def __init__(self) -> None:
        self.kept: dict[int, Article] = {}
        self.said: dict[int, Digests] = {}
        self.worded_at: dict[int, datetime] = {}
        self.before: dict[int, list[Version]] = {}
        self.drawn: dict[int, frozenset[int]] = {}
        self.weighed: dict[int, tuple[int, ...]] = {}
        self.chosen: dict[int, list[Snapshot]] = {}
        self.seen: dict[int, Sighting] = {}

    def save(self, batch: Sequence[Article]) -> Saved:
        for one in batch:
            if _checked(one).first_seen is None:
                raise StoreError(f"{one.title}: no first_seen")
        return self.take([Arrival(one, digests(one)) for one in batch])

    def take(self, batch: Sequence[Arrival]) -> Saved:
        once = firsts(batch)
        known = [self._known(number) for number in self.kept]
        effects = [self._take(one) for one in match(once, by_guid(once, known), known)]
        added, updated = effects.count("added"), effects.count("updated")
        return Saved(added=added, updated=updated, unchanged=len(batch) - added - updated)

    def _known(self, number: int) -> Known:
        one, said = self.kept[number], self.said.get(number)
        hashed = {"words": said.words, "digest": said.whole} if said else {}
        return Known(id=number, source_id=one.source_id, guid=one.guid, url=one.url, **hashed)

    def _take(self, one: Match) -> str:
        if one.is_unchanged:
            return "unchanged"
        kept = self.kept[one.known.id] if one.known else None
        number = kept.id if kept else len(self.kept) + 1
        revised = revising.revised(kept, one.known.words, one.arrival) if kept else one.arrival.article
        if revising.is_said_by_its_feed(kept, one.arrival.article):
            self.said[number] = one.arrival.digests
        self.kept[number] = replace(revised, id=number)
        if kept:
            self._remember(kept, revised, one.arrival.article.first_seen)
        return "added" if kept is None else "unchanged" if revised == kept else "updated"

    def _remember(self, kept: Article, revised: Article, now: datetime | None) -> None:
        if (kept.title, kept.text) != (revised.title, revised.text):
            self.drawn.pop(kept.id, None)
            self.weighed.pop(kept.id, None)
        if revising.is_reworded(kept, revised):
            assert now
            assert kept.first_seen
            before = self.before.setdefault(kept.id, [])
            seen_at = self.worded_at.get(kept.id, kept.first_seen)
            words = {"title": kept.title, "text": kept.text, "seen_at": seen_at}
            before.append(Version(article_id=kept.id, number=len(before) + 1, **words))
            self.worded_at[kept.id] = now

    def set_free(self, source_id: int) -> None:
        for one in [one for one in self.kept.values() if one.source_id == source_id]:
            taken = any(other.source_id is None and other.guid == one.guid for other in self.kept.values())
            guid = f"{one.guid}#{one.id}" if taken else one.guid
            self.kept[one.id] = replace(one, source_id=None, guid=guid)

    def versions(self, article_id: int) -> tuple[Version, ...]:
        return tuple(self.before.get(article_id, ()))

    def sketches(self, since: datetime, until: datetime | None = None) -> dict[int, frozenset[int]]:
        times = {number: one.first_seen for number, one in self.kept.items() if one.first_seen}
        seen = {number for number, at in times.items() if at >= since and (until is None or at <= until)}
        return {number: sketch for number, sketch in self.drawn.items() if number in seen}

    def snap(self, article_ids: Sequence[int], now: datetime) -> tuple[Snapshot, ...]:
        return tuple([self._chosen(article, now) for article in [self.get(number) for number in article_ids]])

    def _chosen(self, article: Article, now: datetime) -> Snapshot:
        kept = taken(article, self.snapshot(article.id), len(self.before.get(article.id, ())), now)
        if kept not in self.chosen.setdefault(article.id, []):
            self.chosen[article.id].append(_checked(kept))
        return kept

    def snapshot(self, article_id: int) -> Snapshot | None:
        return next(reversed(self.chosen.get(article_id, ())), None)

    def snapshots(self, article_id: int) -> tuple[Snapshot, ...]:
        return tuple(self.chosen.get(article_id, ()))

    def untaken(self, article_ids: Sequence[int]) -> tuple[int, ...]:
        wanted = (one.id for one in self.kept.values() if one.state == "picked" or one.id in article_ids)
        return tuple(sorted(number for number in wanted if not self.snapshot(number)))

    def drifts(self, article_ids: Sequence[int]) -> tuple[Drift, ...]:
        chosen = (self.kept[number] for number in sorted(set(article_ids)) if self.snapshot(number))
        found = (self._drift(article, self.chosen[article.id][-1]) for article in chosen)
        return tuple(one for one in found if one.differs or one.gone_at)

    def _drift(self, article: Article, snapshot: Snapshot) -> Drift:
        gone_at = self.seen[article.id].gone_at if article.id in self.seen else None
        reworded = len(self.before.get(article.id, ())) > snapshot.versions
        return Drift(article=article, snapshot=snapshot, reworded=reworded, gone_at=gone_at)

    def sight(self, sightings: Sequence[Sighting]) -> None:
        for one in sightings:
            if one.article_id in self.kept:
                before = self.seen.get(one.article_id)
                since = before.gone_at if before and before.gone_at and one.gone_at else one.gone_at
                self.seen[one.article_id] = _checked(replace(one, gone_at=since))

    def sightings(self, article_ids: Sequence[int]) -> dict[int, Sighting]:
        return {number: self.seen[number] for number in article_ids if number in self.seen}

    def keep_sketches(self, drawn: Mapping[int, frozenset[int]]) -> None:
        self.drawn.update({number: sketch for number, sketch in drawn.items() if number in self.kept})

    def texts(self, article_ids: Sequence[int]) -> dict[int, str]:
        found = [self.kept[number] for number in article_ids if number in self.kept]
        return {one.id: one.text or one.summary for one in found}

    def terms(self, since: datetime) -> dict[int, tuple[int, ...]]:
        seen = {number for number, one in self.kept.items() if one.first_seen and one.first_seen >= since}
        return {number: terms for number, terms in self.weighed.items() if number in seen}

    def keep_terms(self, terms: Mapping[int, Sequence[int]]) -> None:
        self.weighed.update({number: tuple(ones) for number, ones in terms.items() if number in self.kept})

    def get(self, article_id: int) -> Article:
        return _held(self.kept, article_id)

    def find(self, guid: str) -> Article | None:
        by_hand = [one for one in self.kept.values() if one.source_id is None and one.guid == guid]
        linked = [one for one in self.kept.values() if one.url == guid]
        return next(iter((*by_hand, *linked)), None)

    def list(self, query: ArticleQuery) -> tuple[Article, ...]:
        found = [one for one in self.kept.values() if self._answers(one, query)]
        newest_first = sorted(found, key=lambda one: (_dated(one), one.id), reverse=True)
        page = newest_first[: max(query.limit, 0)]
        return tuple(Article(**{name: getattr(one, name) for name in LEAN}) if query.lean else one for one in page)

    def search(self, query: ArticleQuery) -> tuple[Found, ...]:
        found = self.list(replace(query, limit=len(self.kept)) if query.ranked else query)
        if query.ranked:
            found = tuple(sorted(found, key=lambda one: -_rank(one, query.words)))[: max(query.limit, 0)]
        cut = cutter(query.words)
        return tuple(Found(article=one, snippet=cut(one)) for one in found)

    def mark(self, article_ids: Sequence[int], state: ArticleState) -> None:
        marked = {number: replace(_held(self.kept, number), state=state) for number in article_ids}
        self.kept.update(marked)

    @staticmethod
    def _answers(article: Article, query: ArticleQuery) -> bool:
        return (
            article.state in query.states
            and query.source_id in (None, article.source_id)
            and (query.since is None or _dated(article) >= query.since)
            and _holds(article, query.words)
        )


class MemoryEditions:
    def __init__(self) -> None:
        self.kept: dict[int, Edition] = {}
        self.texts: dict[tuple[int, int], Revision] = {}
        self.gone_out: list[Publication] = []
        self.log: list[Event] = []

    def create(self, edition: Edition, revision: Revision) -> Edition:
        if edition.created_at is None:
            raise StoreError(f"{edition.slug}: no created_at")
        if revision.number != 1:
            raise ConflictError(f"{edition.slug}: begins with revision 1")
        created = replace(edition, id=len(self.kept) + 1, revision=1)
        self._refuse_taken(created)
        self.texts[created.id, 1] = _checked(replace(revision, edition_id=created.id))
        self.kept[created.id] = _checked(created)
        return created

    def get(self, edition_id: int) -> Edition:
        return _held(self.kept, edition_id)

    def all(self) -> tuple[Edition, ...]:
        return tuple(reversed(self.kept.values()))

    def save(self, edition: Edition) -> None:
        self._write(edition, edition.revision)

    def revise(self, edition: Edition, revision: Revision, event: Event | None = None) -> Edition:
        revised = replace(edition, revision=revision.number)
        _checked(revision)
        written = self._write(revised, revision.number - 1)
        self.texts[edition.id, revision.number] = replace(revision, edition_id=edition.id)
        self.log += [_checked(event)] if event else []
        return written

    def revision(self, edition_id: int, number: int) -> Revision:
        return _held(self.texts, (edition_id, number))

    def revisions(self, edition_id: int) -> tuple[Revision, ...]:
        return tuple(text for (owner, _), text in sorted(self.texts.items()) if owner == edition_id)

    def record(self, publication: Publication, edition: Edition, event: Event | None = None) -> None:
        newest = self.get(publication.edition_id)
        self.revision(newest.id, publication.revision)
        if newest.revision != edition.revision:
            published = {"published_at": edition.published_at, "updated_at": edition.updated_at}
            edition = replace(newest, status=edition.status, **published)
        self._write(edition, newest.revision)
        self.gone_out.append(_checked(publication))
        self.log += [_checked(event)] if event else []

    def publication(self, edition_id: int, channel: str) -> Publication | None:
        here = (one for one in reversed(self.gone_out) if (one.edition_id, one.channel) == (edition_id, channel))
        return next(here, None)

    def named(self, name: str) -> tuple[Edition, ...]:
        return tuple(
            one
            for one in self.all()
            if name in {one.slug, one.uid, one.title, str(one.id)} or one.filename == f"{name}.md"
        )

    def publications(self, edition_id: int) -> tuple[Publication, ...]:
        return tuple(one for one in self.gone_out if one.edition_id == edition_id)

    def _write(self, edition: Edition, follows: int) -> Edition:
        newest = self.get(edition.id)
        if newest.revision != follows:
            raise ConflictError(f"edition {edition.id}: changed meanwhile")
        self._refuse_taken(edition)
        first = newest.published_at or edition.published_at
        written = replace(edition, uid=newest.uid, created_at=newest.created_at, published_at=first)
        self.kept[edition.id] = _checked(written)
        return written

    def _refuse_taken(self, edition: Edition) -> None:
        for other in self.kept.values():
            same_name = edition.filename and other.filename == edition.filename
            if other.id != edition.id and (other.slug == edition.slug or other.uid == edition.uid or same_name):
                raise ConflictError(f"{edition.slug}: taken by edition {other.id}")


class MemoryCards:
    def __init__(self, editions: MemoryEditions) -> None:
        self._editions = editions
        self._filed: dict[int, Card] = {}
        self._listed: set[int] = set()
        self._words: dict[int, frozenset[str]] = {}

    def missing(self, channel: str) -> tuple[Publication, ...]:
        out = {one.edition_id: one for one in self._editions.gone_out if one.channel == channel}
        held = {number: card.revision for number, card in self._filed.items()}
        return tuple(one for number, one in out.items() if held.get(number, 0) < one.revision)

    def file(self, cards: Sequence[Card]) -> None:
        for card in cards:
            self._filed[card.number] = _checked(card)
            self._listed.discard(card.number)
            self._words.pop(card.number, None)

    def find(self, asked: CardQuery) -> tuple[Card, ...]:
        return asked.ordered(card for card in self._cards() if asked.fits(card))

    def unlisted(self) -> tuple[Card, ...]:
        return CardQuery().ordered(card for card in self._cards() if card.number not in self._listed)

    def listed(self, edition_ids: Iterable[int]) -> None:
        self._listed.update(edition_ids)

    def years(self, besides: int = 0, tag: str = "") -> Mapping[int, datetime]:
        years: dict[int, datetime] = {}
        for card in self.find(CardQuery(besides=besides, tag=tag)):
            years[card.day.year] = max(card.updated, years.get(card.day.year, card.updated))
        return years

    def tags(self, besides: int = 0) -> Mapping[str, Carried]:
        tags: dict[str, Carried] = {}
        for card in self.find(CardQuery(besides=besides, oldest_first=True)):
            for slug, name in card.tags.items():
                held = tags.get(slug, Carried(name=name, first=card.key, count=0))
                tags[slug] = replace(held, count=held.count + 1)
        return tags

    def words(self, year: int) -> Mapping[int, frozenset[str]]:
        return {
            card.number: self._words[card.number]
            for card in self.find(CardQuery(year=year))
            if card.number in self._words
        }

    def keep_words(self, words: Mapping[int, frozenset[str]]) -> None:
        for number, its in words.items():
            if its:
                self._words.setdefault(number, its)

    def empty(self) -> None:
        self._filed.clear()
        self._listed.clear()
        self._words.clear()

    def _cards(self) -> list[Card]:
        return [replace(card, edition=self._editions.get(number)) for number, card in self._filed.items()]


class MemoryEvents:
    def __init__(self, editions: MemoryEditions) -> None:
        self._editions = editions

    def take(self, edition: Edition, event: Event) -> Edition:
        kept = self._editions.get(edition.id)
        if (kept.status, kept.revision) != (event.before, event.revision):
            raise ConflictError(f"edition {edition.id}: another step was taken meanwhile")
        self._editions.log.append(_checked(event))
        self._editions.kept[edition.id] = replace(kept, status=event.after)
        return replace(edition, status=event.after)

    def of(self, edition_id: int) -> tuple[Event, ...]:
        return tuple(event for event in self._editions.log if event.edition_id == edition_id)

    def scheduled(self) -> tuple[Event, ...]:
        newest = {event.edition_id: event for event in self._editions.log if event.step == "scheduled"}
        waiting = [event for event in newest.values() if self._editions.get(event.edition_id).status == "scheduled"]
        return tuple(sorted(waiting, key=lambda event: event.due or event.at))


class MemoryDeliveries:
    def __init__(self) -> None:
        self.rows: dict[int, dict[str, Delivery]] = {}
        self.unwanted: set[str] = set()
        self.sender: SenderMark | None = None

    def enlist(self, edition_id: int, recipients: Sequence[str], now: datetime) -> int:
        rows = self.rows.setdefault(edition_id, {})
        fresh = [one for one in dict.fromkeys(recipients) if one not in rows]
        rows |= {one: Delivery(recipient=one, state="pending", at=now) for one in fresh}
        return len(fresh)

    def recover(self, edition_id: int, now: datetime) -> int:
        lost = self.of(edition_id, ["sending"])
        said = "the program ended before the server's answer was written down"
        self.write(edition_id, [replace(one, state="unknown", reply=said, at=now) for one in lost])
        return len(lost)

    def due(self, edition_id: int, now: datetime, most: int) -> tuple[Delivery, ...]:
        again = [one for one in self.of(edition_id, ["deferred"]) if one.next_at and one.next_at <= now]
        return (*self.of(edition_id, ["pending"]), *again)[:most]

    def write(self, edition_id: int, rows: Sequence[Delivery]) -> None:
        self.rows[edition_id] |= {one.recipient: _checked(one) for one in rows}

    def of(self, edition_id: int, states: Sequence[DeliveryState] = ()) -> tuple[Delivery, ...]:
        return tuple(one for one in self.rows.get(edition_id, {}).values() if not states or one.state in states)

    def tally(self, edition_id: int) -> dict[DeliveryState, int]:
        return dict(Counter(one.state for one in self.of(edition_id)))

    def editions(self) -> tuple[int, ...]:
        return tuple(sorted((number for number, rows in self.rows.items() if rows), reverse=True))

    def suppress(self, addresses: Sequence[str], now: datetime) -> int:
        del now
        fresh = set(addresses) - self.unwanted
        self.unwanted |= fresh
        return len(fresh)

    def release(self, addresses: Sequence[str]) -> int:
        gone = self.unwanted & set(addresses)
        self.unwanted -= gone
        return len(gone)

    def suppressed(self) -> frozenset[str]:
        return frozenset(self.unwanted)

    def mark(self) -> SenderMark | None:
        return self.sender

    def put_mark(self, mark: SenderMark) -> None:
        self.sender = mark


class MemoryPushes:
    def __init__(self) -> None:
        self.pushed: dict[tuple[int, str], Push] = {}
        self.pictures: dict[tuple[str, str], str] = {}

    def last(self, edition_id: int, service: str) -> Push | None:
        return self.pushed.get((edition_id, service))

    def keep(self, push: Push) -> None:
        self.pushed[push.edition_id, push.service] = push

    def picture(self, service: str, sha256: str) -> str:
        return self.pictures.get((service, sha256), "")

    def keep_picture(self, service: str, sha256: str, url: str) -> None:
        self.pictures.setdefault((service, sha256), url)


class MemoryAnnouncements:
    def __init__(self) -> None:
        self.planned: dict[str, datetime] = {}

    def plan(self, feed_urls: Sequence[str], now: datetime) -> tuple[str, ...]:
        fresh = tuple(url for url in dict.fromkeys(feed_urls) if url not in self.planned)
        self.planned |= dict.fromkeys(fresh, now)
        return fresh

    def due(self) -> tuple[str, ...]:
        return tuple(sorted(self.planned, key=lambda url: (self.planned[url], url)))

    def forget(self, feed_urls: Sequence[str]) -> None:
        for url in feed_urls:
            self.planned.pop(url, None)


class MemoryJournal:
    def __init__(self) -> None:
        self.plans: dict[int, list[Plan]] = {}
        self.live: dict[str, str] = {}

    def begin(self, plan: Plan) -> None:
        self.plans.setdefault(plan.edition_id, []).append(_checked(plan))

    def plan(self, edition_id: int) -> Plan | None:
        begun = self.plans.get(edition_id)
        if not begun:
            return None
        files = {path: sha for plan in begun for path, sha in plan.files.items()}
        return replace(begun[-1], files=files, folders=())

    def unfinished(self) -> tuple[int, ...]:
        return tuple(sorted(self.plans))

    def withdraw(self, edition_id: int) -> None:
        self.plans.pop(edition_id, None)

    def finish(self, plan: Plan) -> None:
        below = tuple(f"{folder}/" for folder in plan.folders)
        self.live = {path: sha for path, sha in self.live.items() if not path.startswith(below)} | plan.files
        self.withdraw(plan.edition_id)

    def known(self, paths: Sequence[str], folders: Sequence[str]) -> Mapping[str, frozenset[str]]:
        below = tuple(f"{folder}/" for folder in folders)
        every = (self.live, *(plan.files for begun in self.plans.values() for plan in begun))
        wanted = {path for files in every for path in files if path in paths or path.startswith(below)}
        return {path: frozenset(files[path] for files in every if path in files) for path in wanted}


class MemoryCommissions:
    def __init__(self) -> None:
        self.kept: dict[str, Answer] = {}
        self.hosts: dict[str, datetime] = {}

    def find(self, key: str) -> Answer | None:
        return self.kept.get(key)

    def keep(self, commission: Commission, answer: Answer) -> None:
        self.kept[commission.key] = _checked(answer)

    def allows(self, host: str) -> bool:
        return host in self.hosts

    def allow(self, host: str, now: datetime) -> None:
        self.hosts.setdefault(host, now)


class ScriptedWriter:
    """A writer that hands in what a test gave it, in turn, the last for ever, and remembers what it was asked."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[Commission] = []

    def write(self, commission: Commission) -> Answer:
        self.asked.append(commission)
        text = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        at = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
        return Answer(text=text, tokens_in=100, tokens_out=20, milliseconds=500, written_at=at)


class MemoryMorgue:
    def __init__(self, editions: MemoryEditions) -> None:
        self.editions = editions
        self.filed: dict[tuple[int, int], tuple[Clipping, ...]] = {}
        self.traces: dict[tuple[int, int], tuple[Trace, ...]] = {}

    def unfiled(self) -> tuple[tuple[int, int], ...]:
        out = dict.fromkeys((one.edition_id, one.revision) for one in self.editions.gone_out)
        return tuple(one for one in out if one not in self.filed)

    def file(self, edition_id: int, revision: int, cut: Sequence[Clipping], traces: Sequence[Trace]) -> None:
        self.editions.revision(edition_id, revision)
        own = (replace(_checked(one), edition_id=edition_id, revision=revision, ran_at=None) for one in cut)
        self.filed.setdefault((edition_id, revision), tuple(own))
        self.traces.setdefault((edition_id, revision), tuple(traces))

    def near(self, traces: Sequence[Trace], days: int) -> tuple[Clipping, ...]:
        places: dict[tuple[int, int], int] = Counter()
        near = []
        for one in self.all():
            key = (one.edition_id, one.revision)
            own = self.traces[key][places[key]]
            places[key] += 1
            if any(_is_near(own, asked, days) for asked in traces):
                near.append(one)
        return tuple(near)

    def all(self) -> tuple[Clipping, ...]:
        ran = {}
        for one in self.editions.gone_out:
            ran[one.edition_id] = min(one.published_at, ran.get(one.edition_id, one.published_at))
        newest = sorted(self.filed, key=lambda one: (ran[one[0]], one), reverse=True)
        return tuple(replace(one, ran_at=ran[one.edition_id]) for key in newest for one in self.filed[key])

    def empty(self) -> None:
        self.filed.clear()
        self.traces.clear()


def _is_near(own: Trace, asked: Trace, days: int) -> bool:
    is_close = own.day is not None and asked.day is not None and abs(own.day - asked.day) <= days
    return is_close or bool(own.keys & asked.keys) or bool(own.runs & asked.runs)


def _held(kept: dict[Any, Any], number: object) -> Any:
    if number not in kept:
        raise NotFoundError(f"nothing under {number}")
    return kept[number]


def _checked(value: Any) -> Any:
    """Refuse naive times, as the real store does."""
    for field in fields(value):
        moment = getattr(value, field.name)
        if isinstance(moment, datetime) and moment.utcoffset() is None:
            raise StoreError(f"{field.name}: a time without a zone")
    return value


def _dated(article: Article) -> datetime:
    assert article.first_seen
    return min(article.published or article.first_seen, article.first_seen)


def _holds(article: Article, typed: str) -> bool:
    asked = question(typed)
    if not asked.groups and not asked.unwanted:
        return not typed.strip()
    shelves = [tokens(words) for words in _words(article)]
    wanted = all(any(_stands(term, shelves) for term in group) for group in asked.groups)
    return wanted and not any(_stands(term, shelves) for term in asked.unwanted)


def _rank(article: Article, typed: str) -> float:
    """Say how much of an article is what was asked for."""
    shelf = [token for words in _words(article) for token in tokens(words)]
    asked = {term.tokens for group in question(typed).groups for term in group}
    return sum(token in {word for term in asked for word in term} for token in shelf) / (len(shelf) + 20)


def _words(article: Article) -> Iterator[str]:
    yield from (article.title, article.summary, article.text, " ".join((article.outlet, *article.authors)))


def _stands(term: Term, shelves: Sequence[Sequence[str]]) -> bool:
    """Look for a run of tokens, one place after the other."""
    *whole, last = term.tokens
    for shelf in shelves:
        for start in range(len(shelf) - len(whole)):
            ending = shelf[start + len(whole)]
            goes_on = ending.startswith(last) if term.prefix else ending == last
            if goes_on and list(shelf[start : start + len(whole)]) == whole:
                return True
    return False


class MemoryDrawer:
    """An editions/ folder in memory. `then` happens once, after the next read: what somebody else does meanwhile."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.lent: set[str] = set()
        self.then: Callable[[], object] | None = None

    def read(self, filename: str) -> str | None:
        text = self.files.get(filename)
        if self.then:
            meanwhile, self.then = self.then, None
            meanwhile()
        return text

    def write(self, filename: str, text: str) -> None:
        self.files[filename] = text

    def remove(self, filename: str) -> None:
        self.files.pop(filename, None)

    def reserve(self, filename: str) -> str:
        stem, _, ending = filename.rpartition(".")
        names = (filename if number == 1 else f"{stem}-{number}.{ending}" for number in count(1))
        free = next(name for name in names if name not in self.files)
        self.files[free] = ""
        return free

    def is_lent(self, filename: str) -> bool:
        return filename in self.lent

    @contextmanager
    def lend(self, filename: str) -> Iterator[bool]:
        ours = filename not in self.lent
        self.lent.add(filename)
        yield ours
        self.lent -= {filename} if ours else set()
