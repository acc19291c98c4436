"""Where shipped themes, profiles and the sample newsletter lie: inside an installed wheel, or beside a checkout.

Nothing else knows of the two places (`[tool.hatch.build.targets.wheel.force-include]` in pyproject.toml).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(in_package: str, in_checkout: str) -> Path:
    inside = _PACKAGE / in_package
    return inside if inside.is_dir() else _PACKAGE.parent / in_checkout


def templates() -> Path:
    """Return the folder of shipped themes and profiles."""
    return _shipped("themes", "templates")


def named_files(folders: Sequence[Path], pattern: str) -> Mapping[str, Path]:
    """Return the files of a pattern by name without suffix, sorted; an earlier folder's stands for a later one's."""
    files = {file.stem: file for folder in reversed(folders) for file in folder.glob(pattern)}
    return dict(sorted(files.items()))


def samples() -> Path:
    """Return the folder of the sample newsletter."""
    return _shipped("samples", "seeds")
