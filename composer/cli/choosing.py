"""What a draft takes, and what it says about it on stderr."""

from collections.abc import Iterator, Sequence

from composer.app import Newsroom
from composer.choice import Weights
from composer.cli import screen
from composer.cli.suggesting import at_one_go, why
from composer.desk.choosing.choices import Choice, choose, choose_from_suggestions

_BY = {"asked": "asked for", "picked": "picked", "suggested": "suggested"}


def chosen_for(room: Newsroom, numbers: Sequence[int], auto: int | None) -> Iterator[Choice]:
    """Yield what a new edition takes and say why; `auto` is how many stories to fill up to. Raises NotFoundError."""
    if auto is None:
        chosen = choose(room.store, room.settings, numbers)
    else:
        with at_one_go():
            chosen = choose_from_suggestions(room.store, room.settings, numbers, most=auto, now=room.clock())
    for choice in chosen:
        screen.note(f"{choice.article.id:>4}  {reason(choice, room.settings.suggest)}: {choice.article.title}")
        if choice.rerun:
            screen.note(f"      it {choice.rerun.sentence}")
        yield choice
    if auto is not None and len(chosen) < auto:
        most = room.settings.suggest.per_source
        screen.note(
            f"{len(chosen)} of {auto} stories: the last seven days have no more to suggest ({most} a source at most)"
        )


def reason(choice: Choice, weights: Weights) -> str:
    """Return why an article was taken."""
    if choice.by == "suggested" and choice.suggestion:
        return f"suggested, {choice.suggestion.score:.2f} ({why(choice.suggestion, weights)})"
    return _BY[choice.by]
