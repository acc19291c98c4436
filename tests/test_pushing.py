"""Drafts at newsletter services: one an edition, never sent, never written over unasked, and the mail as it was."""

import html as markup
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import services
from conftest import Ran
from hypothesis import given
from hypothesis import strategies as st
from makers import NOON, edition
from salt import Cli

from composer.app import open_newsroom
from composer.cli.demonstration import settle
from composer.desk.revising import take_in
from composer.desk.sheets import render
from composer.errors import RateLimitError, WireError
from composer.model import Revision
from composer.outlets.services.listmonk import Listmonk
from composer.ports import Store
from composer.services import BUTTONDOWN, KEILA, LISTMONK, Draft, Push, entities, go_html

NAMES = ("listmonk", "buttondown", "ghost", "keila")
KINDS = {
    "listmonk": services.Listmonk,
    "buttondown": services.Buttondown,
    "ghost": services.Ghost,
    "keila": services.Keila,
}
KEYS = {
    "LISTMONK_API_USER": "desk",
    "LISTMONK_API_TOKEN": "secret-token",
    "BUTTONDOWN_API_KEY": "secret-key",
    "GHOST_ADMIN_API_KEY": f"1234:{services.Ghost.SECRET}",
    "KEILA_API_KEY": "secret-key",
}
SECRETS = ("secret-token", "secret-key", services.Ghost.SECRET)
MANUSCRIPT = Path("editions/the-river-keeps-two-calendars.md")
WORDS = "Odd marks {{ name }} and {% now %} and {# no #} stay words."


@pytest.fixture
def newsletter(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    toml = tmp_path / "newsletter.toml"
    toml.write_text(f"{toml.read_text(encoding='utf-8')}\n[services]\nlistmonk_lists = [3]\n", encoding="utf-8")
    assert cli("import", "seeds/editions").code == 0
    return tmp_path


@pytest.fixture(params=NAMES)
def at(
    request: pytest.FixtureRequest, newsletter: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, services.Service]]:
    """Each service in turn; whatever was done, nothing was sent."""
    assert newsletter.exists()
    with services.running(KINDS[request.param]) as service:
        monkeypatch.setenv(f"{request.param.upper()}_URL", service.url)
        yield request.param, service
        assert service.sent == []


def number() -> str:
    with open_newsroom() as room:
        return str(next(one.id for one in room.store.editions.all() if one.filename == MANUSCRIPT.name))


def push(cli: Cli, name: str, *words: str) -> Ran:
    ran = cli("push", number(), "--to", name, *words)
    assert not [secret for secret in SECRETS if secret in ran.out + ran.err]
    return ran


def change(old: str, new: str) -> None:
    words = MANUSCRIPT.read_text(encoding="utf-8")
    assert old in words
    MANUSCRIPT.write_text(words.replace(old, new, 1), encoding="utf-8")


def body_of(service: services.Service) -> str:
    (one,) = service.drafts.values()
    return str(next(one[key] for key in ("body", "html", "html_body") if key in one))


BODY = {"listmonk": "body", "buttondown": "body", "ghost": "html", "keila": "html_body"}


def edited(name: str, service: services.Service) -> None:
    changes = {BODY[name]: body_of(service).replace("Sarybel", "SARYBEL!")}
    service.edit(**changes, **({"updated_at": "2026-03-06T09:00:00.000Z"} if name == "ghost" else {}))


# One draft an edition


def test_pushed_again_it_is_the_same_draft(at: tuple[str, services.Service], cli: Cli) -> None:
    name, service = at
    first = push(cli, name)
    assert (first.code, "put there as a draft" in first.out) == (0, True), first.err
    assert len(service.drafts) == 1
    before = body_of(service)
    again = push(cli, name)
    assert (again.code, "nothing to change" in again.out) == (0, True)
    change("At four in the morning", "At five in the morning")
    assert "the draft there was changed" in push(cli, name).out
    assert len(service.drafts) == 1
    assert "At five in the morning" in body_of(service)
    assert before != body_of(service)


def test_a_dry_run_writes_nothing_and_shows_the_difference(at: tuple[str, services.Service], cli: Cli) -> None:
    name, service = at
    ran = push(cli, name, "--dry-run")
    assert (ran.code, "would be put there as a draft" in ran.out) == (0, True)
    assert re.search(r"^\+.*At four in the morning", ran.out, re.MULTILINE)
    assert {method for method, _ in service.asked} == {"GET"}
    push(cli, name)
    change("At four in the morning", "At five in the morning")
    service.asked.clear()
    ran = push(cli, name, "--dry-run")
    assert "the draft there would be changed" in ran.out
    changed = [line for line in ran.out.splitlines() if re.match(r"[+-](?![+-])", line)]
    assert changed
    assert all("in the morning" in line for line in changed), changed
    assert {method for method, _ in service.asked} == {"GET"}


def test_a_draft_that_was_edited_there_is_not_written_over_unasked(at: tuple[str, services.Service], cli: Cli) -> None:
    name, service = at
    push(cli, name)
    edited(name, service)
    theirs = body_of(service)
    for _ in range(2):
        refused = push(cli, name)
        assert (
            refused.code,
            "was edited there since it was pushed; --dry-run shows the difference" in refused.err,
        ) == (6, True)
    assert body_of(service) == theirs
    shown = push(cli, name, "--dry-run")
    assert re.search(r"^-.*SARYBEL!", shown.out, re.MULTILINE)
    assert "was edited there" in shown.err
    assert push(cli, name, "--over").code == 0
    assert "SARYBEL!" not in body_of(service)


def test_a_draft_that_was_deleted_there_is_put_there_anew(at: tuple[str, services.Service], cli: Cli) -> None:
    name, service = at
    push(cli, name)
    service.drafts.clear()
    assert "put there as a draft" in push(cli, name).out
    assert len(service.drafts) == 1


def test_what_was_sent_there_stays_as_it_is(at: tuple[str, services.Service], cli: Cli) -> None:
    name, service = at
    push(cli, name)
    service.edit(
        **(
            {"sent_at": "2026-03-06T08:00:00Z"}
            if name == "keila"
            else {"status": "published" if name == "ghost" else "finished"}
        )
    )
    change("At four in the morning", "At five in the morning")
    for words in ((), ("--over",)):
        refused = push(cli, name, *words)
        assert (refused.code, "is no draft any more" in refused.err) == (6, True)
    assert "At four in the morning" in body_of(service)


def test_a_store_that_does_not_know_its_draft_finds_it_and_makes_no_second(
    at: tuple[str, services.Service], cli: Cli
) -> None:
    name, service = at
    push(cli, name)
    with open_newsroom() as room:
        room.store.pushes.keep(Push(edition_id=int(number()), service=name, remote_id="gone", ours="", theirs=""))
    ran = push(cli, name)
    if name == "ghost":  # which stores HTML its own way: whether it is ours cannot be seen
        assert (ran.code, "was not written from this store" in ran.err) == (6, True)
        assert push(cli, name, "--over").code == 0
    else:
        assert ran.code == 0
    assert len(service.drafts) == 1


def test_pictures_are_put_there_once_and_shown_from_there(at: tuple[str, services.Service], cli: Cli) -> None:
    name, service = at
    push(cli, name)
    body = body_of(service)
    if name == "keila":
        assert (service.pictures, f"{service.url}/" in body) == ([], False)
        return
    there = len(service.pictures)
    assert there > 0
    assert len(set(re.findall(rf"{service.url}/[a-z]+/\d+\.jpg", body))) == there
    change("At four in the morning", "At five in the morning")
    push(cli, name)
    assert len(service.pictures) == there


# Sent on a person's word


def test_it_is_sent_there_once_where_its_title_was_typed(at: tuple[str, services.Service], cli: Cli) -> None:
    name, service = at
    title = "The river keeps two calendars"
    for source in ("sw-winter", "hr-china"):
        change(f"source: {source}\n", f"source: {source}\nx-allow: E-QUOTE heard on the tape\n")
    refused = push(cli, name, "--send", title)
    assert (refused.code, "`currents publish" in refused.err) == (6, True)
    assert cli("publish", number()).code == 0
    refused = push(cli, name, "--send", "the river keeps two calendars")
    assert (refused.code, "wants the edition's title as it is" in refused.err) == (2, True)
    assert push(cli, name, "--send", title, "--dry-run").code == 2
    assert service.drafts == {}
    ran = push(cli, name, "--send", title)
    assert (ran.code, f"{name} sends it now" in ran.out) == (0, True), ran.err
    assert len(service.sent) == 1
    again = push(cli, name, "--send", title)
    assert (again.code, "is no draft any more" in again.err) == (6, True)
    assert len(service.sent) == 1
    service.sent.clear()


def test_with_a_warning_in_its_proof_nothing_is_sent(at: tuple[str, services.Service], cli: Cli) -> None:
    name, service = at
    assert cli("publish", number()).code == 0
    change("preheader: ", "preheader: Short.\nx-preheader: ")
    assert "warning" in cli("proof", number()).out
    refused = push(cli, name, "--send", "The river keeps two calendars")
    assert (refused.code, "nothing was sent" in refused.err) == (7, True)
    assert service.drafts == {}


# Faults


@pytest.mark.parametrize(
    ("mood", "code", "said"),
    [
        ((401, {"message": "no"}, {}), 3, "answered 401: no; it refuses"),
        ((403, {"detail": "no"}, {}), 3, "answered 403: no; it refuses"),
        (
            (409, {"errors": [{"message": "collision"}]}, {}),
            6,
            "answered 409: collision; it was changed there meanwhile",
        ),
        ((422, {"detail": [{"msg": "Extra inputs"}]}, {}), 7, "answered 422: Extra inputs; nothing was written there"),
        ((429, {"detail": "slow down"}, {"Retry-After": "90"}), 8, "answered 429: slow down; try again in 90 seconds"),
        ((200, "<html>Welcome</html>", {}), 1, "answered with HTML instead of JSON"),
        ((302, "", {"Location": "https://elsewhere.example.org/"}), 1, "answered 302"),
        ("cut", 1, "the connection was lost"),
    ],
)
def test_what_a_service_answers_is_one_line_and_loses_nothing(
    at: tuple[str, services.Service], cli: Cli, mood: object, code: int, said: str
) -> None:
    name, service = at
    push(cli, name)
    before = json.dumps(service.drafts, sort_keys=True)
    change("At four in the morning", "At five in the morning")
    service.moods = [mood, mood] if mood == "cut" else [mood]  # a question that is cut off is asked once more
    ran = push(cli, name)
    assert (ran.code, len(ran.err.strip().splitlines())) == (code, 1), ran.err
    assert said in ran.err
    assert json.dumps(service.drafts, sort_keys=True) == before
    assert push(cli, name).code == 0
    assert "At five in the morning" in body_of(service)


def test_a_question_that_failed_is_asked_once_more_and_an_order_is_not(
    at: tuple[str, services.Service], cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, service = at
    service.moods = [(500, {"message": "oops"}, {})]
    assert push(cli, name).code == 0  # the first is a question
    change("At four in the morning", "At five in the morning")
    monkeypatch.setattr(services.Service, "answer", lambda *_: (500, {"message": "oops"}))
    monkeypatch.setattr(type(service), "answer", lambda *_: (500, {"message": "oops"}))
    service.asked.clear()
    ran = push(cli, name)
    assert (ran.code, "answered 500: oops; look there, then try again" in ran.err) == (1, True)
    assert len(service.asked) == 2


def test_a_service_that_asks_to_wait_is_waited_for_once() -> None:
    with services.running(services.Listmonk) as service:
        here = Listmonk(service.url, "desk:secret-token", (3,))
        service.moods = [(429, {}, {"Retry-After": "1"})]
        assert here.find(Draft(subject="Salt", body="", key="k"), "") is None
        service.moods = [(429, {}, {"Retry-After": "1"}), (429, {}, {"Retry-After": "1"})]
        with pytest.raises(RateLimitError, match="try again in 1 seconds"):
            here.find(Draft(subject="Salt", body="", key="k"), "")


def test_a_service_that_says_nothing_is_left() -> None:
    with services.running(services.Listmonk) as service:
        here = Listmonk(service.url, "desk:secret-token", (3,), seconds=0.3)
        service.moods = ["silence"]
        with pytest.raises(WireError, match="said nothing for 0 seconds"):
            here.find(Draft(subject="Salt", body="", key="k"), "")


@pytest.mark.parametrize("name", NAMES)
def test_a_key_that_is_missing_is_named(newsletter: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert newsletter.exists()
    for variable in (*KEYS, "LISTMONK_URL", "GHOST_URL"):
        monkeypatch.delenv(variable, raising=False)
    ran = cli("push", number(), "--to", name)
    assert (ran.code, f"{name.upper()}_" in ran.err, "is not set, in the environment or the keyring" in ran.err) == (
        2,
        True,
        True,
    )


def test_a_ghost_key_that_is_none_is_refused_without_being_shown(
    newsletter: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert newsletter.exists()
    monkeypatch.setenv("GHOST_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("GHOST_ADMIN_API_KEY", "not-a-key")
    ran = cli("push", number(), "--to", "ghost")
    assert (ran.code, "is no Admin API key" in ran.err, "not-a-key" in ran.err) == (2, True, False)


# Dialects


def test_the_mail_is_there_as_it_was_with_outlooks_comments_and_odd_words(
    at: tuple[str, services.Service], cli: Cli
) -> None:
    name, service = at
    change("At four in the morning", f"{WORDS} At four in the morning")
    assert push(cli, name).code == 0
    if name == "ghost":
        assert WORDS in body_of(service)
        return
    shown = service.shown() if isinstance(service, services.Listmonk) else body_of(service)
    with open_newsroom() as room:
        copy = take_in(room.desk, int(number()))
        sent = render(room.press, copy.edition, copy.manuscript, now=room.clock()).message.html
        ours = room.settings.unsubscribe_url
    assert shown.count("<!--[if") == sent.count("<!--[if") > 3
    assert WORDS in markup.unescape(shown)
    assert not re.search(r"\{[{%#]", re.sub(r"\{\{ (UnsubscribeURL|unsubscribe_url|unsubscribe_link) \}\}", "", shown))
    assert ours not in shown
    tag = {
        "listmonk": "{{ UnsubscribeURL }}",
        "buttondown": "{{ unsubscribe_url }}",
        "keila": "{{ unsubscribe_link }}",
    }[name]
    assert f'href="{tag}"' in shown


@given(st.text(alphabet="{}%#| a", max_size=30))
def test_no_words_are_a_tag_any_more_and_they_read_the_same(words: str) -> None:
    said = entities(words)
    assert not re.search(r"\{[{%#]", said)
    assert markup.unescape(said) == words


@given(st.text(alphabet="{}`'\"% a\n", max_size=20))
def test_text_says_the_same_once_the_service_has_printed_it(words: str) -> None:
    liquid = re.compile(r'\{\{ "(\{[{%])" \}\}')
    for dialect in (BUTTONDOWN, KEILA):
        assert liquid.sub(lambda found: found[1], dialect.text(words)) == words
    assert LISTMONK.text(words).replace("{{ `{{` }}", "{{") == words


GO = """package main
import ("fmt"; "html/template"; "io"; "os")
func main() {
  body, _ := io.ReadAll(os.Stdin)
  made, err := template.New("").Funcs(template.FuncMap{
    "Safe": func(words string) template.HTML { return template.HTML(words) },
    "UnsubscribeURL": func() template.URL { return template.URL("https://out.example.org/x") },
  }).Parse(string(body))
  if err != nil { fmt.Fprintln(os.Stderr, err); os.Exit(1) }
  if err := made.Execute(os.Stdout, nil); err != nil { fmt.Fprintln(os.Stderr, err); os.Exit(1) }
}
"""


@pytest.mark.skipif(not shutil.which("go"), reason="no Go here: on Debian `apt-get install golang-go`")
def test_gos_own_templates_give_the_mail_back_byte_for_byte(newsletter: Path, tmp_path: Path) -> None:
    assert newsletter.exists()
    change("At four in the morning", f"{WORDS} At four in the morning")
    with open_newsroom() as room:
        copy = take_in(room.desk, int(number()))
        sent = render(room.press, copy.edition, copy.manuscript, now=room.clock()).message.html
        ours = room.settings.unsubscribe_url
    (tmp_path / "main.go").write_text(GO, encoding="utf-8")
    subprocess.run(["go", "build", "-o", "judge", "main.go"], cwd=tmp_path, check=True)
    spoken, _ = LISTMONK.spoken(sent, "", (ours, ours))
    printed = subprocess.run([tmp_path / "judge"], input=spoken.encode(), capture_output=True, check=False)
    assert printed.returncode == 0, printed.stderr
    there = printed.stdout.decode()
    assert there.count("<!--") == sent.count("<!--") > 3
    assert without_css_comments(markup.unescape(there)) == without_css_comments(
        markup.unescape(sent.replace(ours, "https://out.example.org/x"))
    )


def without_css_comments(words: str) -> str:
    return re.sub(r"/\*.*?\*/", "", words, flags=re.DOTALL)


def test_a_backquote_inside_a_comment_of_outlooks_is_kept() -> None:
    assert (
        go_html("a<!--[if mso]>`b`<![endif]-->c")
        == 'a{{ Safe `<!--[if mso]>` }}{{ Safe "`" }}{{ Safe `b` }}{{ Safe "`" }}{{ Safe `<![endif]-->` }}c'
    )


# The shelf


def test_what_was_pushed_last_and_where_pictures_lie_is_kept(store: Store) -> None:
    words = Revision(edition_id=0, number=1, text="Salt.", sha256="a" * 64, saved_at=NOON)
    one = store.editions.create(edition(), words).id
    shelf = store.pushes
    assert shelf.last(one, "ghost") is None
    for digest in ("a", "b"):
        shelf.keep(Push(edition_id=one, service="ghost", remote_id="7", ours=digest, theirs="c"))
    assert shelf.last(one, "ghost") == Push(edition_id=one, service="ghost", remote_id="7", ours="b", theirs="c")
    assert shelf.last(one, "keila") is None
    assert shelf.picture("ghost", "d") == ""
    shelf.keep_picture("ghost", "d", "https://ghost.example.org/d.jpg")
    shelf.keep_picture("ghost", "d", "https://ghost.example.org/other.jpg")
    assert shelf.picture("ghost", "d") == "https://ghost.example.org/d.jpg"
    assert shelf.picture("keila", "d") == ""
