"""What an endpoint says, read: a chat completion, or the plain sentence for anything else. Pure.

The format is OpenAI's chat completion (platform.openai.com/docs/api-reference/chat), which Ollama, llama.cpp, vLLM,
LM Studio and OpenRouter speak too. Whatever comes is somebody else's: every value may be missing or of another kind.
"""

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, NamedTuple

from composer.commissions import Commission
from composer.errors import AuthError, RateLimitError, WireError
from composer.text import cut, one_line
from composer.writers.endpoint import API_KEY, Endpoint

TEXT_MOST = 100_000  # characters of an answer that are kept
_TOKENS_MOST = 1_000_000_000
_SAID_MOST = 160
_SECRET_LEAST = 8  # characters; a shorter "key" is a placeholder such as "none", and stands in any text
_BUSY = frozenset({429, 500, 502, 503, 504, 529})


class Response(NamedTuple):
    """What came back over HTTP."""

    status: int
    body: bytes
    retry_after: str = ""


class Completion(NamedTuple):
    """A model's words, and how many tokens its endpoint counted (0: none)."""

    text: str
    tokens_in: int
    tokens_out: int


def question(commission: Commission) -> bytes:
    """Return the body of the request."""
    messages = [{"role": line.role, "content": line.words} for line in commission.lines]
    body: dict[str, Any] = {"model": commission.model, "messages": messages, "stream": False}
    if commission.temperature is not None:
        body["temperature"] = commission.temperature
    return json.dumps(body).encode()


def is_busy(response: Response) -> bool:
    """Say whether asking again a little later may help."""
    return response.status in _BUSY


def wait_seconds(retry_after: str, now: datetime) -> float | None:
    """Return how long a server asks to be left alone (RFC 9110 section 10.2.3); None when it does not say."""
    if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]+)?", retry_after.strip()):
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, TypeError, IndexError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((aware - now).total_seconds(), 0)


def completion(response: Response, endpoint: Endpoint) -> Completion:
    """Return what a model handed in. Raises WireError, AuthError, RateLimitError with one line each."""
    if response.status != HTTPStatus.OK:
        raise refusal(response, endpoint)
    said = _json(response.body)
    choices = said.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    if not isinstance(message, dict):
        raise WireError(endpoint.host, f"answers, but not as a chat completion; does {endpoint.base_url} end in /v1?")
    usage = said.get("usage")
    counted = usage if isinstance(usage, dict) else {}
    text = hushed(_content(message.get("content")), endpoint)[:TEXT_MOST]
    return Completion(text, _count(counted.get("prompt_tokens")), _count(counted.get("completion_tokens")))


def refusal(response: Response, endpoint: Endpoint) -> WireError:
    """Return the error for a status that is no success."""
    status, host = response.status, endpoint.host
    said = _said(response, endpoint)
    if status in {401, 403}:
        advice = "it refuses the key" if endpoint.key else "it wants a key"
        return AuthError(host, f"{advice} {said}; see to the variable that holds it ({API_KEY}, or model.key_variable)")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        later = f"; it asks to wait {response.retry_after}" if response.retry_after else ""
        return RateLimitError(host, f"too many questions, or nothing left to pay with {said}{later}; try again later")
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return WireError(host, f"sends us elsewhere {said}; name the address that answers itself with --base-url")
    sentences = {
        400: f"cannot take the question {said}",
        404: f"has no model {endpoint.model}, or nothing at {endpoint.base_url} {said}",
        413: f"finds the article too long {said}",
        422: f"cannot take the question {said}",
    }
    trouble = "is in trouble" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "does not answer as it should"
    return WireError(host, sentences.get(status, f"{trouble} {said}; try again later"))


def hushed(words: str, endpoint: Endpoint) -> str:
    """Return a server's words as they may be shown and kept: without our key, and as whole Unicode."""
    plain = words.encode("utf-8", "replace").decode()
    return plain.replace(endpoint.key, "[key]") if len(endpoint.key) >= _SECRET_LEAST else plain


def _said(response: Response, endpoint: Endpoint) -> str:
    """Return the status and what the server says of it, in brackets."""
    error = _json(response.body).get("error") or _json(response.body)
    words = error.get("message") if isinstance(error, dict) else error
    if not isinstance(words, str) or not words.strip():
        return f"({response.status})"
    return f"({response.status}: {cut(one_line(hushed(words, endpoint)), _SAID_MOST).rstrip('.')})"


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _content(content: object) -> str:
    """Return a message's words; some endpoints give them in parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    words = [part.get("text") for part in parts if isinstance(part, dict)]
    return "".join(word for word in words if isinstance(word, str))


def _count(tokens: object) -> int:
    known = isinstance(tokens, int) and not isinstance(tokens, bool)
    return min(max(tokens, 0), _TOKENS_MOST) if known and isinstance(tokens, int) else 0
