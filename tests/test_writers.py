"""Asking a language model over real HTTP, on this machine: what comes back, and one plain line when nothing does."""

import contextlib
import json
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from endpoints import Says, Stub, completion, endpoint
from hypothesis import given
from hypothesis import strategies as st
from makers import NOON

from composer.commissions import Answer, Commission, Line
from composer.errors import AuthError, ComposerError, RateLimitError, UsageError, WireError
from composer.settings import ModelSettings
from composer.writers.chat import BYTES_MOST, ChatWriter
from composer.writers.completions import Response, wait_seconds
from composer.writers.completions import completion as read
from composer.writers.endpoint import Endpoint, choose
from composer.writers.plugin import PluginWriter

KEY = "sk-planted-7Qm2VxT9cKzR4pLw"
HTML = Says("<!doctype html><h1>Welcome to the router</h1>")


@pytest.fixture
def stub() -> Iterator[Stub]:
    with endpoint() as opened:
        yield opened


def commission(**changes: object) -> Commission:
    lines = (Line(role="system", words="Be short."), Line(role="user", words="Salt “rose” 12%."))
    given = {"base_url": "http://127.0.0.1/v1", "model": "small", "prompt_version": "1", "article_sha256": "0" * 64}
    return Commission(**{**given, "lines": lines, **changes})


class Waits(list[float]):
    """Remembers how long it was told to sleep, and does not."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def ask(stub: Stub, *, key: str = "", seconds: float = 20, wait: Waits | None = None, **changes: object) -> Answer:
    place = Endpoint(model="small", base_url=stub.url, key=key, timeout_seconds=seconds)
    return ChatWriter(place, lambda: NOON, wait if wait is not None else Waits()).write(commission(**changes))


def refused(stub: Stub, *answers: Says, key: str = "", seconds: float = 20) -> ComposerError:
    stub.will_say(*answers)
    with pytest.raises(ComposerError) as told:
        ask(stub, key=key, seconds=seconds)
    assert "\n" not in str(told.value)
    assert str(told.value).startswith("127.0.0.1:")
    return told.value


# What is asked, and what comes back


def test_an_answer_comes_back_with_its_tokens(stub: Stub) -> None:
    stub.will_say("Salt is dear. მარილი")

    answer = ask(stub)

    assert (answer.text, answer.tokens_in, answer.tokens_out, answer.written_at) == (
        "Salt is dear. მარილი",
        120,
        30,
        NOON,
    )


def test_the_question_is_a_chat_completion_with_nothing_in_it_that_some_models_refuse(stub: Stub) -> None:
    stub.will_say("Salt.")
    ask(stub)

    (asked,) = stub.asked
    assert asked.path == "/v1/chat/completions"
    assert "Authorization" not in asked.headers
    messages = [{"role": "system", "content": "Be short."}, {"role": "user", "content": "Salt “rose” 12%."}]
    assert asked.body == {"model": "small", "stream": False, "messages": messages}


def test_the_key_and_the_temperature_are_sent_where_they_are_set(stub: Stub) -> None:
    stub.will_say("Salt.")
    ask(stub, key=KEY, temperature=0.2)

    assert stub.asked[0].headers["Authorization"] == f"Bearer {KEY}"
    assert stub.asked[0].body["temperature"] == 0.2


def test_proxies_of_the_environment_get_nothing(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    stub.will_say("Salt.")

    assert ask(stub).text == "Salt."


def test_words_that_come_in_parts_are_joined(stub: Stub) -> None:
    stub.will_say(
        completion([{"type": "text", "text": "Salt "}, {"type": "image"}, {"type": "text", "text": "rose."}, 7])
    )

    assert ask(stub).text == "Salt rose."


@pytest.mark.parametrize("nothing", [None, 7, {}, [], ""])
def test_a_message_without_words_is_an_empty_answer(stub: Stub, nothing: object) -> None:
    stub.will_say(completion(nothing))

    assert ask(stub).text == ""


@pytest.mark.parametrize(
    "usage", [None, [], {"prompt_tokens": "many", "completion_tokens": True}, {"prompt_tokens": -1}]
)
def test_tokens_that_are_not_counted_are_none(stub: Stub, usage: object) -> None:
    stub.will_say(completion("Salt.", usage=usage))

    answer = ask(stub)

    assert (answer.tokens_in, answer.tokens_out) == (0, 0)


def test_words_that_are_no_utf8_come_with_their_damage_shown(stub: Stub) -> None:
    stub.will_say(Says(b'{"choices": [{"message": {"content": "Salt \xe9\xff rose"}}]}'))

    assert ask(stub).text == "Salt \ufffd\ufffd rose"


def test_half_a_character_cannot_reach_the_store(stub: Stub) -> None:
    stub.will_say(Says('{"choices": [{"message": {"content": "Salt \\ud83d rose"}}]}'))

    assert ask(stub).text == "Salt ? rose"


# Busy hosts


def test_a_host_that_is_busy_is_asked_again_when_it_says(stub: Stub) -> None:
    busy = Says(status=429, headers={"Retry-After": "7"})
    stub.will_say(busy, completion("Salt."))
    waits = Waits()

    assert ask(stub, wait=waits).text == "Salt."
    assert waits == [7.0]


def test_a_date_to_come_back_at_is_obeyed(stub: Stub) -> None:
    stub.will_say(Says(status=503, headers={"Retry-After": "Fri, 06 Mar 2026 12:00:09 GMT"}), completion("Salt."))
    waits = Waits()
    ask(stub, wait=waits)

    assert waits == [9.0]


def test_a_host_that_does_not_say_when_is_asked_a_little_later_each_time(stub: Stub) -> None:
    stub.will_say(Says(status=503), Says(status=502), completion("Salt."))
    waits = Waits()
    ask(stub, wait=waits)

    assert waits == [1.0, 2.0]


def test_a_host_that_stays_busy_is_left_alone_after_three_questions(stub: Stub) -> None:
    error = refused(stub, Says(status=503))

    assert len(stub.asked) == 3
    assert (type(error), error.exit_code) == (WireError, 1)
    assert "is in trouble (503); try again later" in str(error)


def test_nobody_sleeps_through_an_hour(stub: Stub) -> None:
    error = refused(stub, Says(status=429, headers={"Retry-After": "3600"}))

    assert len(stub.asked) == 1
    assert (type(error), error.exit_code) == (RateLimitError, 8)
    assert "it asks to wait 3600" in str(error)


@pytest.mark.parametrize("said", ["", "soon", "-5", "1e9", "9" * 40, "Fri, 99 Mar 2026"])
def test_a_retry_after_that_says_nothing_is_passed_over(said: str) -> None:
    assert wait_seconds(said, NOON) is None


@given(st.text())
def test_whatever_retry_after_holds_is_a_number_or_nothing(said: str) -> None:
    seconds = wait_seconds(said, NOON)

    assert seconds is None or seconds >= 0


# Refusals, one plain line each


@pytest.mark.parametrize(
    ("status", "kind", "exit_code", "sentence"),
    [
        (400, WireError, 1, "cannot take the question (400: no such thing)"),
        (401, AuthError, 3, "it wants a key (401: no such thing)"),
        (403, AuthError, 3, "it wants a key (403: no such thing)"),
        (404, WireError, 1, "has no model small, or nothing at"),
        (413, WireError, 1, "finds the article too long"),
        (418, WireError, 1, "does not answer as it should (418: no such thing)"),
        (429, RateLimitError, 8, "too many questions, or nothing left to pay with (429: no such thing)"),
        (500, WireError, 1, "is in trouble (500: no such thing)"),
    ],
)
def test_a_status_is_one_plain_line(stub: Stub, status: int, kind: type, exit_code: int, sentence: str) -> None:
    error = refused(stub, Says('{"error": {"message": "no such\\nthing.", "code": 7}}', status=status))

    assert (type(error), error.exit_code) == (kind, exit_code)
    assert sentence in str(error)


@pytest.mark.parametrize(
    "body", ["", "<html>", "[]", '{"error": 7}', '{"error": []}', '{"error": {"message": null}}', b"\xff"]
)
def test_a_refusal_without_words_is_told_by_its_status(stub: Stub, body: str | bytes) -> None:
    assert "(401)" in str(refused(stub, Says(body, status=401)))


def test_a_key_that_is_refused_is_told_apart_from_none(stub: Stub) -> None:
    assert "it refuses the key (401)" in str(refused(stub, Says(status=401), key=KEY))


@pytest.mark.parametrize("body", ['{"error": "model x is not there"}', '{"message": "model x is not there"}'])
def test_the_words_of_other_servers_are_found_too(stub: Stub, body: str) -> None:
    assert "(404: model x is not there)" in str(refused(stub, Says(body, status=404)))


@pytest.mark.parametrize(
    "answer",
    [
        HTML,
        Says(""),
        Says("null"),
        Says("[]"),
        Says("{}"),
        Says('{"choices": []}'),
        Says('{"choices": {"0": 1}}'),
        Says('{"choices": ["Salt"]}'),
        Says('{"choices": [{"message": "Salt"}]}'),
        Says('{"choices": [{"message": {"content": "Sa'),
        Says("[" * 200_000),
        Says("7" * 10_000),
    ],
)
def test_what_is_no_completion_is_named(stub: Stub, answer: Says) -> None:
    assert "not as a chat completion" in str(refused(stub, answer))


@given(
    st.binary(max_size=300)
    | st.from_regex(r'\{"choices": \[\{"message": .{0,40}\}\]\}', fullmatch=True).map(str.encode)
)
def test_whatever_a_host_sends_is_words_or_one_error(body: bytes) -> None:
    place = Endpoint(model="small", base_url="http://127.0.0.1/v1")
    with contextlib.suppress(WireError):
        read(Response(200, body), place).text.encode()


def test_an_answer_beyond_all_measure_is_not_read(stub: Stub) -> None:
    assert "larger than 2 MB" in str(refused(stub, Says(b" " * (BYTES_MOST + 1))))


@pytest.mark.parametrize("manner", ["never", "drops", "head_in_drops"])
def test_a_deadline_holds_for_the_whole_answer(stub: Stub, manner: str) -> None:
    error = refused(stub, Says(manner=manner), seconds=0.3)

    assert "no whole answer within 0.3 seconds" in str(error)


@pytest.mark.parametrize("manner", ["reset", "cut_off"])
def test_a_connection_that_breaks_is_named(stub: Stub, manner: str) -> None:
    assert "broke off the connection" in str(refused(stub, Says(manner=manner)))


def test_a_server_of_something_else_is_named(stub: Stub) -> None:
    assert "does not answer in HTTP" in str(refused(stub, Says(manner="garbage")))


def test_a_port_where_nothing_answers_is_named() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        nobody = Stub(f"http://127.0.0.1:{held.getsockname()[1]}/v1", [], [])
        with pytest.raises(WireError, match="nothing answers there; is the model's server running"):
            ask(nobody)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(stub: Stub, status: int) -> None:
    with endpoint() as other:
        other.will_say("Salt.")
        error = refused(stub, Says(status=status, headers={"Location": f"{other.url}/chat/completions"}), key=KEY)

    assert other.asked == []
    assert f"sends us elsewhere ({status})" in str(error)


# The key


def test_a_key_that_a_server_repeats_is_taken_out_of_its_words(stub: Stub) -> None:
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in KEY)
    error = refused(stub, Says(f'{{"error": {{"message": "{KEY} and {escaped} are wrong"}}}}', status=401), key=KEY)
    assert KEY not in str(error)

    stub.will_say(f"The key is {KEY}.")
    assert ask(stub, key=KEY).text == "The key is [key]."


def test_the_key_is_in_no_representation() -> None:
    place = choose(ModelSettings(), {"OPENAI_API_KEY": KEY}, model="small")

    assert place is not None
    assert place.key == KEY
    assert KEY not in f"{place} {place!r} {replace(place, model='large')!r}"


# Which model, where, with whose key

TOML = ModelSettings(name="of-toml", base_url="https://toml.example.org/v1", key_variable="TOML_KEY")
OURS = {
    "CURRENTS_LLM_MODEL": "of-env",
    "CURRENTS_LLM_BASE_URL": "https://env.example.org/v1",
    "CURRENTS_LLM_API_KEY": "ours-key",
}
THEIRS = {"OPENAI_BASE_URL": "https://openai.example.org/v1", "OPENAI_API_KEY": "theirs-key"}
KEPT = {"TOML_KEY": "toml-key"}


def chosen(
    settings: ModelSettings, environ: dict[str, str], model: str = "", base_url: str = ""
) -> tuple[str, str, str]:
    place = choose(settings, environ, model=model, base_url=base_url)
    assert place is not None
    return place.model, place.base_url, place.key


@pytest.mark.parametrize("environ", [{}, THEIRS, {"CURRENTS_LLM_BASE_URL": "http://127.0.0.1/v1"}])
def test_no_model_is_asked_until_one_is_named(environ: dict[str, str]) -> None:
    assert choose(ModelSettings(base_url="http://127.0.0.1/v1"), environ) is None


def test_a_place_without_a_model_is_a_slip() -> None:
    with pytest.raises(UsageError, match="say which with --model NAME"):
        choose(ModelSettings(), {}, base_url="http://127.0.0.1/v1")


def test_off_is_no_model_whatever_is_set() -> None:
    assert choose(TOML, {**OURS, **THEIRS}, model="off") is None


def test_the_command_line_counts_before_the_environment_and_that_before_the_newsletter() -> None:
    everything = {**OURS, **THEIRS, **KEPT}

    flag = chosen(TOML, everything, "of-flag", "https://env.example.org/v1/")
    assert flag == ("of-flag", "https://env.example.org/v1", "ours-key")
    assert chosen(TOML, everything) == ("of-env", "https://env.example.org/v1", "ours-key")
    assert chosen(TOML, {**THEIRS, **KEPT}) == ("of-toml", "https://toml.example.org/v1", "toml-key")
    assert chosen(ModelSettings(name="x"), THEIRS) == ("x", "https://openai.example.org/v1", "theirs-key")
    assert chosen(ModelSettings(name="x"), {"OPENAI_API_KEY": KEY}) == ("x", "https://api.openai.com/v1", KEY)


def test_a_key_goes_only_to_the_host_that_it_was_set_up_with() -> None:
    everything = {**OURS, **THEIRS, **KEPT}

    assert chosen(TOML, everything, base_url="https://evil.example.org/v1")[2] == ""
    assert chosen(TOML, everything, base_url="https://toml.example.org/other")[2] == "toml-key"
    assert chosen(TOML, {"OPENAI_API_KEY": KEY}, base_url="https://evil.example.org/v1")[2] == ""
    assert chosen(TOML, {"OPENAI_API_KEY": KEY}, base_url="https://api.openai.com/v1")[2] == KEY
    assert chosen(TOML, {"CURRENTS_LLM_API_KEY": KEY}, base_url="https://any.example.org/v1")[2] == KEY


def test_a_pasted_address_of_the_whole_call_is_cut() -> None:
    assert chosen(TOML, {}, base_url="http://127.0.0.1:8080/v1/chat/completions")[1] == "http://127.0.0.1:8080/v1"


@pytest.mark.parametrize(
    ("base_url", "sentence"),
    [
        ("127.0.0.1:11434", "is no web address"),
        ("file:///etc/passwd", "is no web address"),
        ("http://", "is no web address"),
        ("http://[::1", "is no web address"),
        ("http://127.0.0.1:99999/v1", "is no web address"),
        ("https://a.example.org/v1\r\nX: 1", "is no web address"),
        (f"https://me:{KEY}@a.example.org/v1", "no user and no password"),
        (f"https://a.example.org/v1?key={KEY}", "without [?] and #"),
    ],
)
def test_an_address_that_cannot_be_asked_is_refused_and_not_repeated(base_url: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence) as told:
        chosen(TOML, {}, base_url=base_url)

    assert KEY not in str(told.value)


def test_a_model_without_a_place_says_how_to_name_one() -> None:
    with pytest.raises(UsageError, match="small: nobody says where this model answers; give --base-url"):
        choose(ModelSettings(), {}, model="small")


def test_a_key_is_not_sent_over_plain_http_through_a_network() -> None:
    environ = {"CURRENTS_LLM_API_KEY": KEY}
    with pytest.raises(UsageError, match="could be read on the way") as told:
        chosen(TOML, environ, base_url="http://models.example.org/v1")

    assert KEY not in str(told.value)
    assert chosen(TOML, environ, base_url="http://localhost:8080/v1")[2] == KEY
    assert chosen(TOML, {}, base_url="http://models.example.org/v1")[2] == ""


@pytest.mark.parametrize("key", ["two words", "with\nline", "ключ"])
def test_a_key_that_is_none_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(UsageError, match="no key has") as told:
        chosen(TOML, {"CURRENTS_LLM_API_KEY": key})

    assert key not in str(told.value)


@pytest.mark.parametrize(
    ("base_url", "local"),
    [
        ("http://127.0.0.1:11434/v1", True),
        ("http://localhost/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://ollama.localhost/v1", True),
        ("http://192.168.1.7/v1", False),
        ("https://api.example.org/v1", False),
        ("http://127.0.0.1.example.org/v1", False),
        ("http://localhost.example.org/v1", False),
    ],
)
def test_a_host_is_local_when_it_is_this_very_machine(base_url: str, local: bool) -> None:  # noqa: FBT001 (a row's value)
    assert Endpoint(model="small", base_url=base_url).is_local is local


# Models of the llm package

PACKAGE = """
class UnknownModelError(KeyError): pass
class NeedsKeyException(Exception): pass
class Usage:
    input, output = 21, None
class Response:
    def __init__(self, words): self.words = words
    def text(self): return self.words
    def usage(self): return Usage()
class Model:
    def prompt(self, words, system=None, stream=True, **options):
        if "refuse" in words: raise NeedsKeyException("No key sk-planted")
        if "crash" in words: raise ZeroDivisionError("sk-planted")
        return Response(f"{system}|{words}|{stream}|{options}")
def get_model(name):
    if name != "small": raise UnknownModelError(name)
    return Model()
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A module of the llm package's shape, found before the package itself."""
    (tmp_path / "llm.py").write_text(PACKAGE, encoding="utf-8")
    monkeypatch.delitem(sys.modules, "llm", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("llm", None)


def plugin(name: str = "small") -> PluginWriter:
    place = choose(ModelSettings(), {}, model=f"llm:{name}")
    assert place is not None
    assert (place.host, place.is_local) == (f"llm:{name}", False)
    return PluginWriter(place, lambda: NOON)


def test_a_model_of_the_llm_package_is_asked_by_its_id(package: None) -> None:
    answer = plugin().write(commission(temperature=0.2))

    assert answer.text == "Be short.|Salt “rose” 12%.|False|{'temperature': 0.2}"
    assert (answer.tokens_in, answer.tokens_out) == (21, 0)


def test_its_first_answer_goes_into_the_second_question(package: None) -> None:
    again = (Line(role="assistant", words="Pepper."), Line(role="user", words="No: salt."))

    answer = plugin().write(commission(lines=(*commission().lines, *again)))

    assert "Salt “rose” 12%.\n\nYOUR ANSWER WAS:\nPepper.\n\nNo: salt." in answer.text


@pytest.mark.parametrize(("word", "kind", "exit_code"), [("refuse", AuthError, 3), ("crash", WireError, 1)])
def test_what_a_plug_in_raises_is_named_by_its_kind_alone(package: None, word: str, kind: type, exit_code: int) -> None:
    with pytest.raises(kind) as told:
        plugin().write(commission(lines=(Line(role="user", words=word),)))

    assert told.value.exit_code == exit_code
    assert "sk-planted" not in str(told.value)


def test_a_model_that_the_package_does_not_have_is_named(package: None) -> None:
    with pytest.raises(UsageError, match="llm has no model large"):
        plugin("large").write(commission())


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "llm", None)

    with pytest.raises(UsageError, match=r'install "currents-composer\[llm\]"'):
        plugin().write(commission())


def test_a_package_that_is_damaged_is_told_apart(package: None, tmp_path: Path) -> None:
    (tmp_path / "llm.py").write_text("import no_such_part", encoding="utf-8")

    with pytest.raises(UsageError, match=r"cannot be imported \(no_such_part\)"):
        plugin().write(commission())


@pytest.mark.parametrize(("model", "base_url"), [("llm:", ""), ("llm:small", "http://127.0.0.1/v1")])
def test_a_model_of_the_package_is_named_by_its_id_alone(model: str, base_url: str) -> None:
    with pytest.raises(UsageError, match="llm"):
        choose(ModelSettings(), {}, model=model, base_url=base_url)


def test_the_real_package_has_the_shape_that_is_relied_on() -> None:
    llm = pytest.importorskip("llm", reason="the extra llm is not installed")

    assert issubclass(llm.UnknownModelError, Exception)
    assert callable(llm.get_model)
    assert json.dumps(sorted(name for name in ("text", "usage") if hasattr(llm.Response, name))) == '["text", "usage"]'
