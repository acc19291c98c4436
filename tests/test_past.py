"""What proof is told of the past: from what was published, never from what lies on the desk."""

import hashlib
from dataclasses import replace
from zoneinfo import ZoneInfo

from cases import case, manuscript, settings, source
from fakes import MemoryStore
from makers import NOON, article, edition

from composer.desk.past import languages, past
from composer.manuscript import dump
from composer.model import Edition, Publication, Revision
from composer.ports import Store
from composer.proofs import Past

HERE = replace(settings(), timezone=ZoneInfo("Pacific/Kiritimati"))  # fourteen hours ahead of UTC
CHANNEL = "outbox"


def revised(number: int, text: str) -> Revision:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Revision(edition_id=0, number=number, text=text, sha256=sha256, saved_at=NOON)


def kept(store: Store, name: str, text: str) -> Edition:
    new = edition(uid=f"01KJZ5Q8X0V3T7R9M2N4P6S8{name.upper()}", slug=name, title=name, filename=f"{name}.md")
    return store.editions.create(new, revised(1, text))


def sent(store: Store, one: Edition) -> Edition:
    out = replace(one, status="published", published_at=NOON, updated_at=NOON)
    store.editions.record(
        Publication(edition_id=one.id, revision=one.revision, channel=CHANNEL, sha256="0" * 64, published_at=NOON), out
    )
    return store.editions.get(one.id)


def again(store: Store, one: Edition, text: str) -> Edition:
    return store.editions.revise(replace(one, revision=2), replace(revised(2, text), edition_id=one.id))


def looked_up(store: Store, one: Edition, **header: str) -> Past:
    return past(store, HERE, one, manuscript(**header))


def test_subjects_are_those_that_went_out_and_the_title_stands_in(store: Store) -> None:
    sent(store, kept(store, "w0", dump(manuscript(subject="Salt"))))
    sent(store, kept(store, "w1", "\n" + dump(manuscript(subject=None, title="Rain")).replace("\n", "\r\n")))
    kept(store, "w2", dump(manuscript(subject="Never sent")))
    changed = sent(store, kept(store, "w3", dump(manuscript(subject="As sent"))))
    again(store, changed, "---\nsubject: As it lies\n---\n")
    own = sent(store, kept(store, "w4", dump(manuscript())))

    told = looked_up(store, own).subjects
    assert [(one.subject, one.edition, one.day.isoformat()) for one in told] == [
        ("As sent", 4, "2026-03-07"),
        ("Rain", 2, "2026-03-07"),
        ("Salt", 1, "2026-03-07"),
    ]


def test_the_edition_that_is_translated_may_lend_its_subject(store: Store) -> None:
    first = sent(store, kept(store, "w0", dump(manuscript(subject="Salt"))))
    other = kept(store, "w1", dump(manuscript()))

    assert looked_up(store, other, translation_of="w0").subjects == ()
    assert [one.edition for one in looked_up(store, other).subjects] == [first.id]


def test_readers_have_the_revision_that_went_out_last(store: Store) -> None:
    text = dump(manuscript(title="As sent"))
    one = sent(store, kept(store, "w0", text))
    known = looked_up(store, again(store, one, "---\ntitle: Since\n---\n"))

    assert known.published is not None
    assert known.published.get("title") == "As sent"
    assert str(known.day) == "2026-03-07"
    assert looked_up(store, kept(store, "w1", text)).published is None


def test_the_language_of_a_quoted_source_is_the_stored_articles_unless_its_block_says_one() -> None:
    store = MemoryStore()
    store.articles.save([article(url="https://wire.example.org/2026/salt", lang="ka-GE")])

    assert languages(store, case().manuscript) == {"wire": "ka-GE"}
    assert languages(store, case(source(lang="uk")).manuscript) == {}
    assert languages(store, case(without=["quote"]).manuscript) == {}
