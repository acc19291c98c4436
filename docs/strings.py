"""`make strings`: bring the catalogues of readers' words up to date with the English table.

With `--check` nothing is written; it fails when a file would change.
"""

import sys
from pathlib import Path

from composer.rendering.catalogues import FOLDER, spoken
from composer.rendering.translating import catalogue, strings
from composer.resources import templates

CATALOGUES = templates() / FOLDER


def wanted() -> dict[Path, str]:
    """Return what each catalogue, and the template for new ones, should hold."""
    languages = [lang for lang in spoken() if lang != "en"]
    files = {CATALOGUES / f"{lang}.po": catalogue(lang) for lang in languages}
    return {CATALOGUES / "words.pot": catalogue(""), **files}


def main() -> int:
    """Write what changed, or say what would; name what is not translated."""
    stale = {file: text for file, text in wanted().items() if not file.is_file() or file.read_text("utf-8") != text}
    for file, text in stale.items():
        sys.stdout.write(f"{file.name}: {'out of date' if '--check' in sys.argv else 'written'}\n")
        if "--check" not in sys.argv:
            file.write_text(text, encoding="utf-8")
    for lang in spoken():
        if faults := [f"{said.key} ({said.fault})" for said in strings(lang) if said.fault]:
            sys.stdout.write(f"{lang}.po: {', '.join(faults)}\n")
    return bool(stale) and "--check" in sys.argv


if __name__ == "__main__":
    sys.exit(main())
