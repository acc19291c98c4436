"""Feeds to measure with, and a server for them: the same bytes on every run, all on loopback.

Every tenth feed has two states, so that "some feeds changed" can be measured: `/__changed` switches the server over.
Run as a program it serves until it is ended: `python feeds.py FOLDER PORT HOSTS`.
"""

import asyncio
import gzip
import hashlib
import random
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
SYLLABLES = ("ba", "den", "kor", "li", "mas", "neu", "ost", "per", "qua", "rin", "sel", "tor", "ша", "дім", "東", "é")
BODY_CHARACTERS = 6500


def write_feeds(folder: Path, feeds: int, entries: int) -> None:
    """Write `feeds` files of `entries` entries each, and a second state of every tenth."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(feeds):
        chance = random.Random(number)  # noqa: S311 (the same bytes on every run)
        vocabulary = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(900)]
        items = [_item(chance, vocabulary, number, entry) for entry in range(entries)]
        write = _atom if number % 3 == 1 else _rss
        name = f"feed{number:04}.xml"
        (folder / name).write_text(write(number, items), encoding="utf-8")
        if number % 10 == 0:
            newer = [_item(chance, vocabulary, number, entries + extra) for extra in range(2)]
            (folder / f"{name}.changed").write_text(write(number, [*newer, *items]), encoding="utf-8")


Item = tuple[str, str, str, datetime, str]  # (link, title, author, published, HTML)


def _item(chance: random.Random, vocabulary: list[str], feed: int, entry: int) -> Item:
    link = f"https://outlet{feed}.example.org/story/{entry}"
    when = BEGIN + timedelta(hours=7 * entry, minutes=feed)
    return link, _words(chance, vocabulary, 8).title(), f"Reporter {feed % 40}", when, _body(chance, vocabulary, link)


def _words(chance: random.Random, vocabulary: list[str], count: int) -> str:
    return " ".join(chance.choices(vocabulary, k=count))


def _body(chance: random.Random, vocabulary: list[str], link: str) -> str:
    pieces, size = [], 0
    while size < BODY_CHARACTERS:
        piece = _piece(chance, vocabulary, link)
        pieces.append(piece)
        size += len(piece)
    return "\n".join(pieces)


def _piece(chance: random.Random, vocabulary: list[str], link: str) -> str:
    kind = chance.choice(["heading", "photo", *["paragraph"] * 8])
    if kind == "heading":
        return f"<h2 id='part'>{_words(chance, vocabulary, 5)}</h2>"
    if kind == "photo":
        return (
            f'<figure><img src="{link}/photo.jpg" width="1024" height="683" alt="{_words(chance, vocabulary, 6)}">'
            f"<figcaption>{_words(chance, vocabulary, 12)}. <em>Photo: A. Example</em></figcaption></figure>"
        )
    sentences = (f"{_words(chance, vocabulary, chance.randint(7, 24)).capitalize()}." for _ in range(4))
    linked = f' <a href="{link}?utm_source=feed&amp;id={chance.randrange(99)}">{_words(chance, vocabulary, 3)}</a>'
    return f"<p>{' '.join(sentences)}{linked} &mdash; <strong>{_words(chance, vocabulary, 2)}</strong></p>"


def _rss(number: int, items: list[Item]) -> str:
    entries = "".join(
        f"<item><title>{escape(title)}</title><link>{link}</link><guid>{link}</guid><dc:creator>{author}</dc:creator>"
        f"<pubDate>{format_datetime(when)}</pubDate><category>News</category>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>\n"
        for link, title, author, when, body in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Outlet {number}</title><link>https://outlet{number}.example.org/</link><description>x</description>\n"
        f"{entries}</channel></rss>"
    )


def _atom(number: int, items: list[Item]) -> str:
    entries = "".join(
        f'<entry><title>{escape(title)}</title><link href="{link}"/><id>{link}</id><author><name>{author}</name>'
        f"</author><published>{when.isoformat()}</published><updated>{when.isoformat()}</updated>"
        f'<category term="News"/><content type="html">{escape(body)}</content></entry>\n'
        for link, title, author, when, body in items
    )
    home = f"https://outlet{number}.example.org/"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f'<title>Outlet {number}</title><id>{home}</id><link href="{home}"/><updated>{BEGIN.isoformat()}</updated>\n'
        f"{entries}</feed>"
    )


class Server:
    """Serves a folder's feeds with validators and gzip, as a well-kept host would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.changed = False
        self.packed: dict[Path, tuple[str, bytes]] = {}

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer requests until the other side has had enough."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                first, *rest = head.decode("latin-1").split("\r\n")
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
                writer.write(self.answer(first.split(" ")[1], headers.get("if-none-match", "")))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def answer(self, path: str, known: str) -> bytes:
        """Return a whole response."""
        if path in {"/__changed", "/__first"}:
            self.changed = path == "/__changed"
            return _response("200 OK", b"ok", "")
        file = self.folder / path.lstrip("/")
        newer = file.with_name(f"{file.name}.changed")
        etag, body = self._file(newer if self.changed and newer.is_file() else file)
        if not etag:
            return _response("404 Not Found", b"", "")
        return _response("304 Not Modified", b"", etag) if known == etag else _response("200 OK", body, etag)

    def _file(self, file: Path) -> tuple[str, bytes]:
        if file not in self.packed and file.is_file():
            content = file.read_bytes()
            self.packed[file] = f'"{hashlib.sha256(content).hexdigest()[:16]}"', gzip.compress(content, 6, mtime=0)
        return self.packed.get(file, ("", b""))


def _response(status: str, body: bytes, etag: str) -> bytes:
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"ETag: {etag}", "Cache-Control: max-age=300"] if etag else []
    if body and etag:
        lines += ["Content-Type: application/xml; charset=utf-8", "Content-Encoding: gzip"]
    if not status.startswith("304"):
        lines += [f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def serve(folder: Path, port: int, hosts: int) -> None:
    """Serve on 127.0.1.1 and its neighbours, so that every feed has a host of its own."""
    server = Server(folder)
    places = ["127.0.0.1", *(host(number) for number in range(hosts))]
    listening = await asyncio.start_server(server.talk, places, port, backlog=512)
    print("serving", flush=True)
    await listening.serve_forever()


def host(number: int) -> str:
    """Return the loopback address of a feed."""
    return f"127.0.{1 + number // 250}.{1 + number % 250}"


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
