"""A real preview on loopback: who is let in, what is shown, what happens when a file is saved."""

import http.client
import os
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import Ran
from previews import PATIENCE_SECONDS, Preview, ask, events, gated, opened, photo, remarks, running, sheet

from composer.errors import ComposerError, ManuscriptError
from composer.preview import Sheet, serve
from composer.preview.guard import Gate


def from_file(file: Path) -> Callable[[str], Sheet]:
    """Render a file's words as the mail; a file that says TK cannot be read."""

    def render(_: str) -> Sheet:
        words = file.read_text()
        if words.startswith("TK"):
            raise ManuscriptError("editions/3-salt.md", 12, "a place is left open")
        return sheet(email_html=f"<p>{words}</p>", text=words)

    return render


def save(file: Path, words: str) -> None:
    """Save as careful editors do: write another file, then put it in the old one's place."""
    with tempfile.NamedTemporaryFile("w", dir=file.parents[1], delete=False) as other:
        other.write(words)
    Path(other.name).replace(file)


def changes(preview: Preview) -> Iterator[int]:
    """Listen for changes, from after the sheet that hangs now."""
    stream = events(preview.ask("/changes"))
    next(stream)
    return stream


def await_words(preview: Preview, stream: Iterator[int], path: str, words: str) -> None:
    """Look again at every change until the words are there; a save may be seen in two halves."""
    assert any(words in preview.read(path) for _ in stream)


# Who is let in


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example:{port}", "0.0.0.0:{port}", "[::1]:{port}", "127.0.0.1", "127.0.0.1:1"],
)
def test_another_host_name_is_refused_even_with_the_address(host: str) -> None:
    with opened(lambda _: sheet()) as preview, preview.ask("/mail", Host=host.format(port=preview.port)) as answer:
        assert (answer.status, b"salt" in answer.read()) == (400, False)


def test_without_the_word_in_the_address_nothing_is_shown() -> None:
    with opened(lambda _: sheet()) as preview:
        for path in (
            "/",
            "/?key=guess",
            "/?key=",
            "/mail",
            "/text",
            "/documents/mail",
            "/prints/x",
            "/changes",
            "/shell/shell.js",
            f"{preview.room[:-1]}/mail",
            f"{preview.room}x/mail",
            f"/x{preview.room}/mail",
            f"{preview.room.upper()}/mail",
        ):
            with ask(preview.port, path) as answer:
                assert (path, answer.status, b"salt" in answer.read()) == (path, 403, False)


def test_the_printed_address_opens_again_and_again_and_sets_no_cookie() -> None:
    with opened(lambda _: sheet()) as preview:
        for _ in range(2):
            with preview.ask("/mail") as answer:
                assert (answer.status, answer.getheader("set-cookie")) == (200, None)


def test_the_key_that_a_browser_is_started_with_opens_once() -> None:
    with gated(lambda _: sheet()) as gate:
        split = urlsplit(gate.opening_url)
        path = f"{split.path}?{split.query}"
        ask(split.port or 0, path, "HEAD").close()  # a look at the head does not use it up
        told = []
        for _ in range(2):
            with ask(split.port or 0, path) as answer:
                told.append((answer.status, answer.getheader("location"), answer.getheader("set-cookie")))
    assert told == [(303, gate.address, None), (403, None, None)]


def test_the_word_for_photos_shows_nothing_else() -> None:
    with gated(lambda _: sheet(prints=(photo(),))) as gate:
        split = urlsplit(gate.prints_url)
        for path, status in (("salt-1a2b.png", 200), ("mail", 404), ("../mail", 404), ("", 404)):
            with ask(split.port or 0, f"{split.path}{path}") as answer:
                assert (path, answer.status, b"Traders" in answer.read()) == (path, status, False)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_no_other_method_is_known(method: str) -> None:
    with opened(lambda _: sheet()) as preview, preview.ask("/mail", method) as answer:
        assert (answer.status, answer.getheader("allow")) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_from_elsewhere_is_refused_even_with_the_address(site: str) -> None:
    with opened(lambda _: sheet()) as preview, preview.ask("/mail", Sec_Fetch_Site=site) as answer:
        assert (answer.status, b"salt" in answer.read()) == (403, False)


@pytest.mark.parametrize("origin", ["null", "http://evil.example", "http://127.0.0.1:1", "https://127.0.0.1"])
def test_a_foreign_origin_is_refused_even_with_the_address(origin: str) -> None:
    with opened(lambda _: sheet()) as preview, preview.ask("/documents/mail", Origin=origin) as answer:
        assert (answer.status, b"salt" in answer.read()) == (403, False)


def test_localhost_is_led_to_the_one_origin_that_pictures_point_to() -> None:
    with opened(lambda _: sheet()) as preview:
        host = f"localhost:{preview.port}"
        with preview.ask("/mail?scheme=dark", Host=host) as answer:
            assert answer.getheader("location") == f"http://127.0.0.1:{preview.port}{preview.room}/mail?scheme=dark"


def test_it_listens_on_this_machine_alone() -> None:
    with opened(lambda _: sheet()) as preview, socket.socket() as other:
        other.bind(("127.0.0.2", preview.port))  # free: the preview has not taken every address


# What is shown


def test_every_answer_is_sealed() -> None:
    with opened(lambda _: sheet()) as preview:
        for path in ("/mail", "/documents/mail", "/shell/shell.css", "/nothing"):
            with preview.ask(path) as answer:
                assert "default-src 'none'" in answer.getheader("content-security-policy", "")
                assert answer.getheader("cache-control") == "no-store"
                assert answer.getheader("x-content-type-options") == "nosniff"


def test_a_framed_mail_may_run_nothing_and_fetch_nothing_but_the_editions_own_prints() -> None:
    with gated(lambda _: sheet()) as gate, Preview(gate.address).ask("/documents/mail") as answer:
        policy = answer.getheader("content-security-policy", "")
    assert f"img-src {gate.prints_url} data:;" in policy
    assert policy.startswith("sandbox allow-same-origin;")
    assert "script" not in policy


@pytest.mark.parametrize(("path", "words"), [("/mail", "frame-phone"), ("/page", "frame-page"), ("/text", "Salt rose")])
def test_every_view_has_an_address(path: str, words: str) -> None:
    with opened(lambda _: sheet()) as preview:
        assert words in preview.read(path)


def test_the_inbox_row_stands_above_every_view() -> None:
    with opened(lambda _: sheet(preheader="A <kitchen> changes.")) as preview:
        assert 'class="preheader" dir="auto">A &lt;kitchen&gt; changes.<' in preview.read("/text")


def test_errors_stand_before_warnings_and_notes_with_rule_and_place() -> None:
    with opened(lambda _: sheet(remarks=remarks(), file="editions/3-salt.md")) as preview:
        html = preview.read("/mail")
    assert (
        html.index("editions/3-salt.md:31") < html.index("editions/3-salt.md:58") < html.index("editions/3-salt.md:12")
    )
    assert "1 error, 1 warning, 1 note" in html
    assert "<code>M-CREDIT</code>" in html


def test_what_a_remark_says_is_never_markup() -> None:
    said = remarks()[0].__class__(rule="X", severity="error", message="Write `<b>` or <i>, not `")
    with opened(lambda _: sheet(remarks=(said,))) as preview:
        assert "Write `&lt;b&gt;` or &lt;i&gt;, not `" in preview.read("/mail")


def test_a_mail_for_a_dark_screen_has_its_dark_rules_on() -> None:
    with opened(lambda _: sheet()) as preview:
        assert "@media (min-width:0)" in preview.read("/documents/mail?scheme=dark")


def test_own_prints_are_served_below_the_address_that_the_renderer_was_given() -> None:
    given: list[str] = []

    def render(prints_url: str) -> Sheet:
        given.append(prints_url)
        return sheet(prints=(photo(),))

    with gated(render) as gate, Preview(gate.address).ask("/prints/salt-1a2b.png") as answer:
        assert given == [gate.prints_url]
        assert (answer.getheader("content-type"), answer.read()) == ("image/png", photo().content)


def test_a_print_is_not_fetched_again_for_every_save_but_words_are() -> None:
    with opened(lambda _: sheet(prints=(photo(),))) as preview:
        kept = [
            preview.ask(path).getheader("cache-control", "") for path in ("/prints/salt-1a2b.png", "/documents/mail")
        ]
    assert kept == ["private, max-age=3600, immutable", "no-store"]


@pytest.mark.parametrize(
    "path", ["/prints/other.png", "/prints/..%2f..%2fpyproject.toml", "/shell/server.py", "/documents/text", "/shell/"]
)
def test_nothing_else_is_found(path: str) -> None:
    with opened(lambda _: sheet(prints=(photo(),))) as preview, preview.ask(path) as answer:
        assert answer.status == 404


# What happens when a file is saved


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "editions" / "3-salt.md"
    made.parent.mkdir()
    made.write_text("One")
    return made


def test_a_save_is_told_to_open_pages(file: Path) -> None:
    with opened(from_file(file), [file]) as preview:
        stream = changes(preview)
        file.write_text("Two")
        await_words(preview, stream, "/documents/mail", "<p>Two</p>")


def test_a_save_by_rename_is_seen_again_and_again(file: Path) -> None:
    with opened(from_file(file), [file]) as preview:
        stream = changes(preview)
        for words in ("Two", "Three", "Four"):
            save(file, words)
            await_words(preview, stream, "/documents/mail", f"<p>{words}</p>")


def test_a_manuscript_that_is_a_link_is_followed_to_where_its_words_stand(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "3-salt.md"
    link.symlink_to(file)
    with opened(from_file(link), [link]) as preview:
        stream = changes(preview)
        save(file, "Two")
        await_words(preview, stream, "/documents/mail", "<p>Two</p>")


def test_a_file_that_is_not_there_yet_is_seen_when_it_comes(file: Path) -> None:
    file.unlink()
    with opened(lambda _: sheet(text=str(file.exists())), [file]) as preview:
        stream = changes(preview)
        save(file, "One")
        await_words(preview, stream, "/text", ">True<")


def test_a_change_deep_in_a_watched_folder_is_seen(file: Path, tmp_path: Path) -> None:
    with opened(from_file(file), [tmp_path]) as preview:
        stream = changes(preview)
        save(file, "Two")
        await_words(preview, stream, "/documents/mail", "<p>Two</p>")


def test_a_neighbour_of_a_watched_file_is_nobodys_business(file: Path) -> None:
    rendered = []

    def render(prints_url: str) -> Sheet:
        rendered.append(prints_url)
        return from_file(file)(prints_url)

    with opened(render, [file]) as preview:
        stream = changes(preview)
        file.with_name("4-pepper.md").write_text("Pepper")
        save(file, "Two")
        await_words(preview, stream, "/documents/mail", "<p>Two</p>")
    assert len(rendered) == 2


def test_a_renderer_that_writes_where_it_is_watched_does_not_run_in_circles(file: Path) -> None:
    rendered = []

    def render(prints_url: str) -> Sheet:
        rendered.append(prints_url)
        file.with_name("index.json").write_bytes(b"{}")
        return from_file(file)(prints_url)

    with opened(render, [file.parent]) as preview:
        stream = changes(preview)
        for words in ("Two", "Three", "Four", "Five"):
            save(file, words)
            await_words(preview, stream, "/documents/mail", f"<p>{words}</p>")
    assert len(rendered) <= 6  # the first, four saves, and the one echo of the file that was new


def test_the_same_words_saved_again_disturb_nobody(file: Path) -> None:
    with opened(from_file(file), [file]) as preview:
        stream = events(preview.ask("/changes"))
        first = next(stream)
        save(file, "One")
        save(file, "Two")
        assert next(stream) == first + 1


def test_a_manuscript_that_cannot_be_read_leaves_the_last_good_rendering_under_a_bar(file: Path) -> None:
    with opened(from_file(file), [file]) as preview:
        stream = changes(preview)
        save(file, "TK")
        await_words(preview, stream, "/mail", "editions/3-salt.md:12: a place is left open")
        assert "<p>One</p>" in preview.read("/documents/mail")


def test_the_bar_goes_when_the_manuscript_can_be_read_again(file: Path) -> None:
    file.write_text("TK")
    with opened(from_file(file), [file]) as preview:
        stream = changes(preview)
        assert "Nothing to show yet" in preview.read("/mail")
        save(file, "Two")
        await_words(preview, stream, "/documents/mail", "<p>Two</p>")
        assert "a place is left open" not in preview.read("/mail")


def test_a_problem_that_the_sheet_itself_tells_is_shown() -> None:
    with opened(lambda _: sheet(problem="editions/3-salt.md:7: no such photo")) as preview:
        assert "editions/3-salt.md:7: no such photo" in preview.read("/page")


# Beginning and end


def test_a_port_in_use_is_named_in_one_line() -> None:
    with running(lambda _: sheet()) as url:
        port = int(url.split(":")[2].split("/")[0])
        with pytest.raises(ComposerError) as told:
            serve(lambda _: sheet(), watch=(), port=port, ready=str)
    assert str(told.value).startswith(f"127.0.0.1:{port}: cannot be opened: Address already in use; choose another")
    assert "\n" not in str(told.value)


def test_a_port_that_cannot_be_is_named_in_one_line() -> None:
    with pytest.raises(ComposerError, match="choose another port"):
        serve(lambda _: sheet(), watch=(), port=70000, ready=str)


def test_a_fault_of_the_program_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError), running(lambda _: sheet(title=str(1 // 0))):
        pass


def test_a_fault_of_the_renderer_after_a_save_is_not_taken_for_one_of_watching(file: Path) -> None:
    def render(_: str) -> Sheet:
        return sheet(text=file.with_name(file.read_text()).read_text() if file.read_text() != "One" else "")

    def mistake(gate: Gate) -> None:
        assert gate.address
        save(file, "missing")

    with pytest.raises(FileNotFoundError):
        serve(render, watch=[file], ready=mistake)


def test_the_end_closes_open_streams_threads_and_the_port(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with opened(lambda _: sheet(), [tmp_path]) as preview:
        answers = [preview.ask("/changes") for _ in range(3)]
        streams = [events(answer) for answer in answers]
        assert [next(stream) for stream in streams] == [1, 1, 1]
    assert [list(stream) for stream in streams] == [[], [], []]
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE_SECONDS)
    assert set(threading.enumerate()) <= before
    with pytest.raises(ConnectionRefusedError):
        ask(preview.port, "/")


def test_the_same_port_can_be_had_again_at_once() -> None:
    with running(lambda _: sheet()) as url:
        port = int(url.split(":")[2].split("/")[0])
    with running(lambda _: sheet(), port=port) as again:
        assert f":{port}/" in again


PROGRAM = """
from previews import sheet
from composer.preview import serve
serve(lambda _: sheet(), watch=(), ready=lambda gate: print(gate.address, flush=True))
print("closed", flush=True)
"""


def test_ctrl_c_ends_it_without_a_word() -> None:
    here = Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(here), str(here.parent)])}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline().startswith("http://127.0.0.1:")
        program.send_signal(signal.SIGINT)
        said, complained = program.communicate(timeout=PATIENCE_SECONDS)
    assert (said, complained, program.returncode) == ("closed\n", "", 0)


def test_another_host_answers_to_its_own_name_alone() -> None:
    gate = Gate(8000, "::1")
    assert gate.opening_url.startswith("http://[::1]:8000/?key=")
    assert gate.address.startswith("http://[::1]:8000/")


def test_another_address_of_this_machine_is_served_by_name() -> None:
    opened: queue.Queue[Gate] = queue.Queue()
    stop = threading.Event()
    told = {"watch": (), "host": "127.0.0.2", "ready": opened.put, "stop": stop}
    thread = threading.Thread(target=serve, args=(lambda _: sheet(),), kwargs=told)
    thread.start()
    try:
        port = urlsplit(opened.get(timeout=PATIENCE_SECONDS).address).port
        answers = {}
        for host in (f"127.0.0.2:{port}", f"127.0.0.1:{port}", f"localhost:{port}", "evil.example"):
            connection = http.client.HTTPConnection("127.0.0.2", port, timeout=PATIENCE_SECONDS)
            connection.request("GET", "/", headers={"Host": host})
            answers[host.partition(":")[0]] = connection.getresponse().status
            connection.close()
    finally:
        stop.set()
        thread.join(PATIENCE_SECONDS)
    assert answers == {"127.0.0.2": 403, "127.0.0.1": 400, "localhost": 400, "evil.example": 400}  # 403: no key


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])  # noqa: S104 (refused)
def test_an_address_that_no_browser_asks_for_is_refused(cli: Callable[..., Ran], host: str) -> None:
    ran = cli("preview", "1", "--host", host)
    assert ran.code == 2
    assert "name the one address that browsers will ask for" in ran.err


def test_a_save_is_shown_before_it_is_proved(tmp_path: Path) -> None:
    file = tmp_path / "3-salt.md"
    file.write_text("first")
    shown: list[str] = []

    def rendered(_: str) -> Sheet:
        shown.append("rendered")
        return replace(from_file(file)(""), proved=False)

    def proved(made: Sheet) -> Sheet:
        shown.append("proved")
        return replace(made, remarks=remarks(), proved=True)

    with running(rendered, [file], proved=proved) as url:
        preview = Preview(url)
        assert "reading …" in preview.read("/mail")
        numbers = events(preview.ask("/changes"))
        while "1 error, 1 warning, 1 note" not in preview.read("/mail"):
            next(numbers)
    assert shown == ["rendered", "proved"]


def test_a_proof_that_fails_stands_over_the_rendering(tmp_path: Path) -> None:
    def proved(_: Sheet) -> Sheet:
        raise ComposerError("editions/3-salt.md:4: cannot be proved")

    with running(lambda _: replace(sheet(), proved=False), proved=proved) as url:
        preview = Preview(url)
        numbers = events(preview.ask("/changes"))
        while "editions/3-salt.md:4: cannot be proved" not in preview.read("/mail"):
            next(numbers)
        assert "Sacks of salt" in preview.read("/documents/mail")
