"""The clipboard, read by whichever program this desktop has for it."""

import shutil
import subprocess

from composer.errors import NotFoundError

_POWERSHELL = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; Get-Clipboard -Raw"
PROGRAMS = (
    ("wl-paste", "--no-newline"),
    ("xclip", "-selection", "clipboard", "-out"),
    ("xsel", "--clipboard", "--output"),
    ("pbpaste",),
    ("powershell.exe", "-NoProfile", "-Command", _POWERSHELL),
    ("powershell", "-NoProfile", "-Command", _POWERSHELL),
)
SECONDS_MOST = 10
_ADVICE = "save the page or the text in a file and add that, or pipe it to `currents add -`"


def clipboard() -> bytes:
    """Return what the clipboard holds. Raises NotFoundError when no program here can say, or it holds no words."""
    found = [program for program in PROGRAMS if shutil.which(program[0])]
    if not found:
        raise NotFoundError(f"clipboard: no program here reads it; install wl-clipboard, xclip or xsel, or {_ADVICE}")
    for program in found:
        words = _said(program)
        if words and words.strip():
            return words
        if words is not None:
            raise NotFoundError("clipboard: it holds no words; copy an address, a page or a text first")
    names = ", ".join(program[0] for program in found)
    raise NotFoundError(f"clipboard: {names} cannot read it (does it hold words, and is there a desktop?); {_ADVICE}")


def _said(program: tuple[str, ...]) -> bytes | None:
    """Ask one program; None when it fails."""
    try:
        done = subprocess.run(program, capture_output=True, timeout=SECONDS_MOST, check=False)  # noqa: S603 (from the list above)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
