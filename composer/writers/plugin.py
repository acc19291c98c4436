"""A language model of Simon Willison's `llm` package (the extra `llm`), by its id there: its plug-ins, its keys.

The package is imported when the first answer is asked for. What its plug-ins raise is anybody's; only its kind is
told, for its words may hold a key.
"""

import time
from importlib import import_module
from typing import Any

from composer.commissions import Answer, Commission
from composer.errors import AuthError, UsageError, WireError
from composer.ports import Clock
from composer.writers.completions import TEXT_MOST
from composer.writers.endpoint import Endpoint


class PluginWriter:
    """Asks one model of the llm package."""

    def __init__(self, endpoint: Endpoint, clock: Clock) -> None:
        self._endpoint = endpoint
        self._clock = clock

    def write(self, commission: Commission) -> Answer:
        """Ask, and return what was handed in. Raises UsageError, WireError, AuthError."""
        began = time.monotonic()
        model = self._model()
        options = {} if commission.temperature is None else {"temperature": commission.temperature}
        system, words = _said(commission)
        try:
            response = model.prompt(words, system=system, stream=False, **options)
            text, usage = str(response.text()), response.usage()
        except Exception as error:  # noqa: BLE001 (a plug-in raises what it likes)
            raise self._refusal(error) from None
        return Answer(
            text=text.encode("utf-8", "replace").decode()[:TEXT_MOST],
            tokens_in=getattr(usage, "input", None) or 0,
            tokens_out=getattr(usage, "output", None) or 0,
            milliseconds=round((time.monotonic() - began) * 1000),
            written_at=self._clock(),
        )

    def _model(self) -> Any:  # noqa: ANN401 (the package's own)
        try:
            llm = import_module("llm")
        except ImportError as error:
            why = "is not installed" if error.name == "llm" else f"cannot be imported ({error.name or 'it is damaged'})"
            raise UsageError(f'the llm package {why}; install "currents-composer[llm]"') from error
        try:
            return llm.get_model(self._endpoint.model)
        except llm.UnknownModelError:
            raise UsageError(f"llm has no model {self._endpoint.model}; `llm models` lists them") from None

    def _refusal(self, error: Exception) -> WireError:
        kind = type(error).__name__
        if kind in {"NeedsKeyException", "AuthenticationError", "PermissionDeniedError"}:
            return AuthError(self._endpoint.host, f"wants another key ({kind}); `llm keys set` keeps one")
        return WireError(
            self._endpoint.host, f"gave no answer ({kind}); `llm -m {self._endpoint.model} hello` shows why"
        )


def _said(commission: Commission) -> tuple[str, str]:
    """Return the rules, and the rest of the conversation as one text: plug-ins differ in how they take turns."""
    rules = "\n\n".join(line.words for line in commission.lines if line.role == "system")
    turns = [line for line in commission.lines if line.role != "system"]
    said = [line.words if line.role == "user" else f"YOUR ANSWER WAS:\n{line.words}" for line in turns]
    return rules, "\n\n".join(said)
