"""What we ask a language model for, and what it hands in: frozen values, standard library only.

A commission is everything that an answer depends on, so its `key` is what an answer is kept under. No value here ever
holds a key to somebody's door.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Role = Literal["system", "user", "assistant"]
OWN_KEY = "x-ai"  # the brief's field that holds its provenance
_SHORT = 12  # hexadecimal digits of a hash that a manuscript shows
_WRITTEN = re.compile(
    r"(?P<model>\S.*), prompt (?P<prompt>\S+), article (?P<article>[0-9a-f]{12}), answer (?P<answer>[0-9a-f]{12})"
)


def hashed(words: str) -> str:
    """Return the sha256 of words as UTF-8, hexadecimal; what is no Unicode counts as it stands."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message of the conversation that a model is given."""

    role: Role
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """What a language model is asked to write, and which one."""

    base_url: str  # "http://127.0.0.1:11434/v1"; "llm:" for a model of the llm package
    model: str
    prompt_version: str
    article_sha256: str  # of the text that is sent
    lines: tuple[Line, ...]
    temperature: float | None = None  # None: the endpoint's own

    @property
    def key(self) -> str:
        """Return the sha256 of all that an answer depends on."""
        said = [[line.role, line.words] for line in self.lines]
        whole = [self.prompt_version, self.base_url, self.model, said, {"temperature": self.temperature}]
        return hashed(json.dumps(whole, ensure_ascii=True, separators=(",", ":")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a model handed in, word for word."""

    text: str
    tokens_in: int = 0  # 0: its endpoint does not count
    tokens_out: int = 0
    milliseconds: int = 0
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """What a check of evidence has against a summary. Red is refused, amber is shown to the editor."""

    level: Literal["red", "amber"]
    message: str  # one line, fit to be read by the editor and by the model


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a run cost. Tokens are those of calls; answers that were kept cost nothing again."""

    calls: int = 0
    kept: int = 0  # answers that stood in the store already
    tokens_in: int = 0
    tokens_out: int = 0
    milliseconds: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(
            calls=self.calls + other.calls,
            kept=self.kept + other.kept,
            tokens_in=self.tokens_in + other.tokens_in,
            tokens_out=self.tokens_out + other.tokens_out,
            milliseconds=self.milliseconds + other.milliseconds,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Who wrote a brief's words, as the manuscript's `x-ai` says it; hashes are the first 12 digits of a sha256.

    `answer` is of the brief's body as the model left it: another hash means that somebody has edited it since.
    """

    model: str
    prompt_version: str
    article: str
    answer: str

    def __str__(self) -> str:
        """Return the field's value."""
        return f"{self.model}, prompt {self.prompt_version}, article {self.article}, answer {self.answer}"

    def is_of(self, body: str) -> bool:
        """Say whether a brief's body still reads as the model wrote it."""
        return hashed(body)[:_SHORT] == self.answer


def provenance(commission: Commission, body: str) -> Provenance:
    """Return the provenance of a brief's body that a commission brought."""
    return Provenance(
        model=" ".join(commission.model.split()),
        prompt_version=commission.prompt_version,
        article=commission.article_sha256[:_SHORT],
        answer=hashed(body)[:_SHORT],
    )


def read_provenance(written: str) -> Provenance | None:
    """Read an `x-ai` field; None when an editor has written something of their own there."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        return None
    return Provenance(
        model=found["model"], prompt_version=found["prompt"], article=found["article"], answer=found["answer"]
    )
