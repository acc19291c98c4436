"""`currents serve`: the site as a web host would give it, on a laptop."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import chromium, skip_reason
from stands import asked, standing

from composer.cli.demonstration import settle

BASE = "https://portolan.example.org"


@pytest.fixture(scope="module")
def newsletter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "portolan"
    settle(folder)
    for command in (["import", "seeds/editions"], ["publish", "1"]):
        _currents(folder, *command)
    return folder


@pytest.fixture(scope="module")
def port(newsletter: Path) -> Iterator[int]:
    with standing(newsletter / "outbox/site", BASE) as port:
        yield port


def _currents(folder: Path, *words: str) -> None:
    subprocess.run([sys.executable, "-m", "composer", *words], cwd=folder, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/stories/atom.xml", "application/xml; charset=utf-8"),
        ("/feed.json", "application/feed+json"),
        ("/search/2026.json", "application/json"),
        ("/search.js", "text/javascript; charset=utf-8"),
        ("/feed.css", "text/css; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_every_file_has_its_type(port: int, path: str, media_type: str) -> None:
    answer, content = asked(port, path)
    assert (answer.status, answer.getheader("content-type")) == (200, media_type)
    assert content


def test_what_did_not_change_is_not_sent_again(port: int) -> None:
    first, _ = asked(port, "/feed.xml")
    tag = first.getheader("etag") or ""
    again, content = asked(port, "/feed.xml", If_None_Match=f'"other", W/{tag}')
    assert (again.status, content, again.getheader("etag")) == (304, b"", tag)
    assert asked(port, "/feed.xml", If_None_Match='"other"')[0].status == 200


def test_what_changed_has_another_tag(newsletter: Path, port: int) -> None:
    page = newsletter / "outbox/site/404.html"
    before, words = asked(port, "/404.html")
    kept = page.read_bytes()
    page.write_bytes(kept.replace(b"</body>", b"<p>more</p></body>"))
    after, more = asked(port, "/404.html", If_None_Match=before.getheader("etag") or "")
    page.write_bytes(kept)
    assert after.status == 200
    assert b"<p>more</p>" in more
    assert words != more


def test_the_head_of_an_answer_is_the_answer_without_its_words(port: int) -> None:
    whole, content = asked(port, "/feed.xml")
    head, nothing = asked(port, "/feed.xml", "HEAD")
    assert (head.status, nothing, head.getheader("etag")) == (200, b"", whole.getheader("etag"))
    assert head.getheader("content-length") == str(len(content))


def test_a_folder_leads_to_its_page(port: int) -> None:
    answer, _ = asked(port, "/archive/2026?from=mail")
    assert (answer.status, answer.getheader("location")) == (308, f"http://127.0.0.1:{port}/archive/2026/?from=mail")
    assert asked(port, "/archive/2026/")[0].status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/editions/",
        "/../newsletter.toml",
        "/%2e%2e/%2e%2e/newsletter.toml",
        "/..%2f..%2fnewsletter.toml",
        "/..%5c..%5cnewsletter.toml",
        "/.secret",
        "/a%00b",
        "/way/out/newsletter.toml",
        f"/{'n' * 300}",
        "//127.0.0.1/x",
    ],
)
def test_what_is_not_the_site_s_is_not_there(newsletter: Path, port: int, path: str) -> None:
    site = newsletter / "outbox/site"
    (site / ".secret").write_text("mine", encoding="utf-8")
    (site / "way").mkdir(exist_ok=True)
    if not (site / "way/out").is_symlink():
        (site / "way/out").symlink_to(newsletter, target_is_directory=True)
    answer, content = asked(port, path)
    assert answer.status == 404
    assert content == asked(port, "/404.html")[1]


def test_it_is_only_read(port: int) -> None:
    answer, _ = asked(port, "/", "POST")
    assert (answer.status, answer.getheader("allow")) == (405, "GET, HEAD")


def test_another_site_s_name_is_not_answered(port: int) -> None:
    answer, content = asked(port, "/", Host="news.evil.example")
    assert answer.status == 421
    assert b"Portolan" not in content


def test_addresses_of_the_site_lead_to_the_stand_and_identities_stay(newsletter: Path, port: int) -> None:
    _, served = asked(port, "/feed.xml")
    lying = (newsletter / "outbox/site/feed.xml").read_bytes()
    assert served == lying.replace(BASE.encode(), f"http://127.0.0.1:{port}".encode())
    assert b"tag:portolan.example.org,2026:" in served


def test_addresses_that_only_begin_alike_stay(tmp_path: Path) -> None:
    words = f"{BASE}/a {BASE} {BASE}. {BASE}.evil.example {BASE}ic {BASE}-x {BASE}:8443 /a"
    (tmp_path / "a.txt").write_text(words, encoding="utf-8")
    with standing(tmp_path, BASE) as port:
        here = f"http://127.0.0.1:{port}"
        told = asked(port, "/a.txt")[1].decode()
    assert told == f"{here}/a {here} {here}. {BASE}.evil.example {BASE}ic {BASE}-x {BASE}:8443 /a"


def test_a_site_without_a_404_page_says_so_plainly(tmp_path: Path) -> None:
    with standing(tmp_path, BASE) as port:
        answer, content = asked(port, "/")
    assert (answer.status, content) == (404, b"Not here.\n")


@pytest.mark.skipif(bool(skip_reason()), reason=skip_reason())
def test_a_browser_dresses_the_feed_and_finds_its_way(port: int) -> None:
    with chromium() as browser:
        page = browser.new_page()
        asked_for: list[str] = []
        page.on("request", lambda request: asked_for.append(request.url))
        page.goto(f"http://127.0.0.1:{port}/feed.xml")
        assert page.locator("channel > title").evaluate("title => getComputedStyle(title).display") == "block"
        page.goto(f"http://127.0.0.1:{port}/")
        page.locator("a[href*='/editions/']").first.click()
        page.wait_for_url(f"http://127.0.0.1:{port}/editions/*/")
        broken = page.locator("img").evaluate_all("all => all.filter(one => !one.complete || !one.naturalWidth).length")
        assert broken == 0
        assert [url for url in asked_for if not url.startswith((f"http://127.0.0.1:{port}/", "data:"))] == []


@pytest.mark.skipif(sys.platform == "win32", reason="a console's Ctrl-C cannot be sent to one child")
def test_the_command_serves_until_ctrl_c(newsletter: Path) -> None:
    words = [sys.executable, "-m", "composer", "serve"]
    with subprocess.Popen(words, cwd=newsletter, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stdout
        address = serving.stdout.readline().strip()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/", address)
        assert found
        assert asked(int(found[1]), "/")[0].status == 200
        os.kill(serving.pid, signal.SIGINT)
        _, told = serving.communicate(timeout=30)
    assert (serving.returncode, "Traceback" in told) == (0, False)
    assert "serving outbox/site/; Ctrl-C ends it" in told


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 5, "outbox/site/: nothing is published yet; `currents publish N` writes it"),
        (("--host", "no.such.host.invalid"), 1, "no.such.host.invalid:0: cannot be opened"),
    ],
)
def test_what_cannot_be_served_is_one_line(
    newsletter: Path, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    folder = newsletter
    if not words:
        folder = tmp_path / "new"
        settle(folder)
    ran = subprocess.run(
        [sys.executable, "-m", "composer", "serve", *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (code, "")
    assert said in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
