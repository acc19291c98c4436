"""Pictures on the web: fetched once and when asked, checked, kept under their hash, and watched for changes."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from cases import case, developed, photo
from conftest import Ran
from faults import Faults, answer, faults, moved
from makers import png_that_claims
from PIL import Image

from composer.cli.demonstration import settle
from composer.manuscript import load
from composer.negatives import Brought, Kept, Negative, record_path
from composer.outlets import FileDarkroom, FolderAlbum
from composer.proofs import proof

BASE = "https://news.example.org/editions/salt/"
DAY = date(2026, 3, 6)
TEXT = """---
title: The price of salt
slug: salt
profile: link-blog
lang: en
---

::: photo #wharf
src: {src}
alt: Two boats lie at a quay.
caption: Boats at the quay of Kvemo.
credit: Ana Sample/The Portolan
rights: licensed
width: {width}
height: 800
:::
"""


def jpeg(colour: str = "red", size: tuple[int, int] = (1600, 1066), **how: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG", **how)
    return written.getvalue()


def serve(content: bytes, *lines: str) -> Callable[[object], bytes]:
    return lambda _: answer(200, content, "Content-Type: image/jpeg", *lines)


@pytest.fixture
def server() -> Iterator[Faults]:
    with faults() as running:
        running.serving["/wharf.jpg"] = serve(jpeg())
        yield running


@pytest.fixture
def draft(folder: Path, cli: Callable[..., Ran]) -> Callable[..., Path]:
    """Begin edition 1 with one picture at an address, in a newsletter that may visit this machine."""

    def begin(src: str, width: int = 1200, *, private: bool = True) -> Path:
        if private:
            told = folder / "newsletter.toml"
            allowed = told.read_text(encoding="utf-8").replace("private_hosts = []", 'private_hosts = ["127.0.0.1"]')
            told.write_text(allowed, encoding="utf-8")
        text = folder / "salt.md"
        text.write_text(TEXT.format(src=src, width=width), encoding="utf-8")
        assert cli("draft", "--from", str(text)).code == 0
        return folder

    return begin


def test_nothing_is_fetched_unless_it_is_asked_for(
    server: Faults, draft: Callable[..., Path], cli: Callable[..., Ran]
) -> None:
    root = draft(server.at("/wharf.jpg"))

    told, proved = cli("pictures", "1"), cli("proof", "1")

    assert server.asked == []
    assert not (root / "pictures").exists()
    assert "not here" in told.out
    assert "from its address" in told.out
    assert f"editions/salt.md:{line_of(root, 'src:')}: error M-FETCH: the picture lies on the web" in proved.out
    assert (told.code, proved.code) == (0, 7)


def line_of(root: Path, begins: str) -> int:
    lines = (root / "editions" / "salt.md").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(begins))


def test_a_fetched_picture_goes_out_with_the_edition(
    server: Faults, draft: Callable[..., Path], cli: Callable[..., Ran]
) -> None:
    root = draft(server.at("/wharf.jpg"))

    told = cli("pictures", "1", "--fetch")
    proved = cli("proof", "1")

    assert told.code == 0
    assert "kept as pictures/" in told.err
    assert "1600 × 1066" in told.out
    assert "1200 × 800" in told.out
    assert "M-FETCH" not in proved.out
    assert "M-HTTPS" not in proved.out
    (kept,) = (root / "pictures").glob("*.jpg")
    assert kept.read_bytes() == jpeg()
    record = json.loads((root / record_path(server.at("/wharf.jpg"))).read_text(encoding="utf-8"))
    assert record["address"] == server.at("/wharf.jpg")
    assert record["sha256"].startswith(kept.stem)
    assert record["fetched"]


def test_the_same_address_is_not_fetched_again(
    server: Faults, draft: Callable[..., Path], cli: Callable[..., Ran]
) -> None:
    draft(server.at("/wharf.jpg"))
    cli("pictures", "1", "--fetch")

    again = cli("pictures", "1", "--fetch")

    assert server.paths() == ["/wharf.jpg"]
    assert "no picture to fetch" in again.err


def test_a_picture_that_went_from_its_folder_is_an_error_and_fetched_again(
    server: Faults, draft: Callable[..., Path], cli: Callable[..., Ran]
) -> None:
    root = draft(server.at("/wharf.jpg"))
    cli("pictures", "1", "--fetch")
    (kept,) = (root / "pictures").glob("*.jpg")
    kept.write_bytes(kept.read_bytes()[:-1])

    assert "error M-FILE" in cli("proof", "1").out
    assert "`currents pictures N --fetch` fetches it again" in cli("proof", "1").out
    cli("pictures", "1", "--fetch")
    assert "M-FILE" not in cli("proof", "1").out


def test_a_changed_picture_is_noticed_when_asked_and_taken_only_when_told(
    server: Faults, draft: Callable[..., Path], cli: Callable[..., Ran]
) -> None:
    root = draft(server.at("/wharf.jpg"))
    cli("pictures", "1", "--fetch")
    server.serving["/wharf.jpg"] = serve(jpeg("blue"))

    checked = cli("pictures", "1", "--check")

    assert checked.code == 0
    assert "another picture than was fetched" in checked.err
    assert "warning M-CHANGED" in cli("proof", "1").out
    assert len(list((root / "pictures").glob("*.jpg"))) == 1

    renewed = cli("pictures", "1", "--renew")
    assert "kept as pictures/" in renewed.err
    assert "M-CHANGED" not in cli("proof", "1").out
    assert len(list((root / "pictures").glob("*.jpg"))) == 2


def test_a_picture_that_is_as_it_was_again_is_no_longer_called_changed(
    server: Faults, draft: Callable[..., Path], cli: Callable[..., Ran]
) -> None:
    draft(server.at("/wharf.jpg"))
    cli("pictures", "1", "--fetch")
    server.serving["/wharf.jpg"] = serve(jpeg("blue"))
    cli("pictures", "1", "--check")
    server.serving["/wharf.jpg"] = serve(jpeg())

    assert "as fetched on" in cli("pictures", "1", "--check").err
    assert "M-CHANGED" not in cli("proof", "1").out


def test_a_server_that_knows_its_validators_sends_nothing_twice(
    server: Faults, draft: Callable[..., Path], cli: Callable[..., Ran]
) -> None:
    def once(asked: object) -> bytes:
        known = asked.headers.get("if-none-match") == '"red"'  # type: ignore[attr-defined]
        return answer(304) if known else answer(200, jpeg(), 'ETag: "red"')

    server.serving["/wharf.jpg"] = once
    draft(server.at("/wharf.jpg"))
    cli("pictures", "1", "--fetch")

    told = cli("pictures", "1", "--check")

    assert "as fetched on" in told.err
    assert server.asked[-1].headers["if-none-match"] == '"red"'


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/missing", "answers 404"),
        ("/page", "no picture that can be read"),
        ("/silent-picture", "breaks off"),
        ("/svg.jpg", "do not show SVG"),
        ("/heic.jpg", "do not show HEIC"),
        ("/bomb", "larger than 15 MB"),
        ("/huge.png", "65 million are the most"),
        ("/nothing", "empty"),
        ("/to-file", "no http(s) address"),
    ],
)
def test_what_is_no_picture_is_told_and_not_kept(
    server: Faults, draft: Callable[..., Path], cli: Callable[..., Ran], path: str, sentence: str
) -> None:
    server.serving |= {
        "/svg.jpg": serve(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        "/heic.jpg": serve(b"\0\0\0\x18ftypheic" + b"\0" * 40),
        "/huge.png": serve(png_that_claims(10_000, 10_000)),
        "/silent-picture": lambda _: answer(200, jpeg()[:-200], length=len(jpeg())),
        "/nothing": serve(b""),
    }
    root = draft(server.at(path))

    told = cli("pictures", "1", "--fetch")

    assert told.code == 1
    assert sentence in told.err
    assert f"✗ {server.at(path)}" in told.err
    assert not list(root.glob("pictures/**/*.*"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "[::ffff:127.0.0.1]"])
def test_a_picture_in_a_private_network_is_not_visited(
    server: Faults, draft: Callable[..., Path], cli: Callable[..., Ran], host: str
) -> None:
    draft(server.at("/wharf.jpg", host=host), private=False)

    assert cli("pictures", "1", "--fetch").code == 1
    assert server.asked == []


def test_a_redirect_into_a_private_network_is_not_followed(
    server: Faults, draft: Callable[..., Path], cli: Callable[..., Ran]
) -> None:
    server.serving["/in"] = moved(302, server.at("/wharf.jpg", host="127.0.0.2"))
    draft(server.at("/in"))

    assert "private network" in cli("pictures", "1", "--fetch").err
    assert server.paths() == ["/in"]


def test_publishing_never_visits_a_picture(server: Faults, draft: Callable[..., Path], cli: Callable[..., Ran]) -> None:
    draft(server.at("/wharf.jpg"))

    refused = cli("publish", "1")

    assert refused.code == 7
    assert server.asked == []


CHART = """
::: figure #prices
kind: line
title: Salt has tripled
alt: From 12 lari in 2021 to 31 in 2023.
source: Market office

| Year | Lari |
| --- | ---: |
| 2021 | 12 |
| 2023 | 31 |
:::
"""


def test_fetched_pictures_and_drawn_charts_lie_beside_the_published_page(
    server: Faults, tmp_path: Path, cli: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(tmp_path / "portolan")
    monkeypatch.chdir(tmp_path / "portolan")
    told = Path("newsletter.toml")
    allowed = told.read_text(encoding="utf-8").replace("[collect]", '[collect]\nprivate_hosts = ["127.0.0.1"]')
    told.write_text(allowed, encoding="utf-8")
    name = "nobody-lives-in-a-corridor"
    text = Path(f"seeds/editions/{name}.md").read_text(encoding="utf-8")
    src = next(line for line in text.splitlines() if line.startswith("src: "))
    server.serving["/wharf.jpg"] = serve(Path(src.removeprefix("src: ")).read_bytes())
    mended = text.replace(src, f"src: {server.at('/wharf.jpg')}").replace("\n::: credits", f"{CHART}\n::: credits")
    Path("own.md").write_text(mended, encoding="utf-8")
    assert cli("collect").code == 0
    assert cli("draft", "--from", "own.md").code == 0

    fetched, published = cli("pictures", "1", "--fetch"), cli("publish", "1")

    assert (fetched.code, published.code) == (0, 0), published.err
    assert "line: Salt has tripled" in fetched.out
    site = Path("outbox/site/editions") / name
    letter = Path(f"outbox/mail/{name}/email.html").read_text(encoding="utf-8")
    for shown in (*site.glob("wharf-*.jpg"), *site.glob("chart-*.png")):
        assert f"editions/{name}/{shown.name}" in letter
    assert len(list(site.iterdir())) >= 3
    assert server.paths() == ["/wharf.jpg"]


def test_an_export_carries_fetched_pictures_with_their_addresses(
    server: Faults, draft: Callable[..., Path], cli: Callable[..., Ran], tmp_path: Path
) -> None:
    draft(server.at("/wharf.jpg"))
    cli("pictures", "1", "--fetch")

    assert cli("export", "1", str(tmp_path / "out.zip")).code == 0

    with ZipFile(tmp_path / "out.zip") as packed:
        files = packed.namelist()
    assert f"files/{record_path(server.at('/wharf.jpg'))}" in files
    assert any(path.startswith("files/pictures/") and path.endswith(".jpg") for path in files)


def test_the_list_is_json_for_scripts(server: Faults, draft: Callable[..., Path], cli: Callable[..., Ran]) -> None:
    draft(server.at("/wharf.jpg"), width=1000)

    told = json.loads(cli("pictures", "1", "--fetch", "--json").out)

    (one,) = told["pictures"]
    assert told["visits"] == [{"address": server.at("/wharf.jpg"), "outcome": "fetched", "problem": ""}]
    assert (one["lies"]["width"], one["goes_out"]["width"]) == (1600, 1200)
    assert [remark["rule"] for remark in one["remarks"]] == ["M-DIM"]


# the album


def brought(content: bytes = b"bytes", address: str = "https://a.example.org/x.jpg") -> Brought:
    return Brought(address=address, content=content, etag='"1"')


def test_the_album_gives_back_what_it_keeps(tmp_path: Path) -> None:
    album = FolderAlbum(tmp_path)

    kept = album.keep(brought(), "image/jpeg", DAY)

    assert album.find(kept.address) == kept
    assert album.content(kept) == b"bytes"
    assert album.find("https://a.example.org/y.jpg") is None


def test_one_picture_at_two_addresses_is_kept_once(tmp_path: Path) -> None:
    album = FolderAlbum(tmp_path)

    one = album.keep(brought(), "image/png", DAY)
    other = album.keep(brought(address="https://b.example.org/z.png"), "image/png", DAY)

    assert one.path == other.path
    assert len(list((tmp_path / "pictures").glob("*.png"))) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"file": "../../secret.jpg"},
        {"file": "/etc/passwd"},
        {"file": 7},
        {"sha256": "short"},
        {"fetched": "yesterday"},
        {"address": "https://other.example.org/"},
    ],
)
def test_a_record_that_somebody_bent_is_not_believed(tmp_path: Path, change: dict[str, object]) -> None:
    album = FolderAlbum(tmp_path)
    kept = album.keep(brought(), "image/jpeg", DAY)
    place = tmp_path / record_path(kept.address)
    place.write_text(json.dumps({**json.loads(place.read_text(encoding="utf-8")), **change}), encoding="utf-8")

    assert album.find(kept.address) is None


def test_a_fetched_picture_is_named_for_its_address_and_its_own_bytes(tmp_path: Path) -> None:
    album = FolderAlbum(tmp_path)
    address = "https://a.example.org/img/Quay%20at%20dawn.jpg?w=2000"
    kept = album.keep(Brought(address=address, content=jpeg()), "image/jpeg", DAY)

    made = FileDarkroom(tmp_path, album=album).develop(address, BASE)

    assert made.name.startswith("quay-at-dawn-")
    assert made.url == BASE + made.name
    assert made.negative is not None
    assert made.negative.kept == kept


# rules

WEB = "https://a.example.org/x.jpg"
KEPT = Kept(address=WEB, sha256="0" * 64, path="pictures/0.jpg", fetched_on=DAY, changed_on=date(2026, 3, 9))


def remarks(src: str, **changes: object) -> list[str]:
    block = photo(src=src)
    given = replace(case(block), prints={src: developed(src=src, **changes)})
    return [f"{remark.severity} {remark.rule}" for remark in proof(given)]


def test_proof_tells_what_is_not_fetched_changed_or_small() -> None:
    assert remarks(WEB, content=b"", width=0, height=0, media_type="", url=WEB) == ["error M-FETCH"]
    assert remarks(WEB) == []
    assert remarks(WEB, negative=Negative(bytes_length=1, kept=KEPT)) == ["warning M-CHANGED"]
    assert remarks("photos/market.jpg", width=900, height=600) == ["info M-SMALL"]


def test_a_picture_without_its_size_is_told_the_size_of_the_file() -> None:
    (remark,) = proof(case(photo(width="")))

    assert remark.rule == "M-DIM"
    assert remark.message == "the photo has no width; write `width: 1200`"


def test_the_sample_of_these_tests_reads() -> None:
    assert load(TEXT.format(src=WEB, width=1)).problems == ()
