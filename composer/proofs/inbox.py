"""The line that readers see before they open: subject and preheader."""

import re
from collections.abc import Iterator

from composer.proofs.case import Case, Finding, rule
from composer.text import cut, one_line, quoted

SUBJECT_MOST = 50
_SUBJECT_CUT = 70
_FRONT = 33
_PREHEADER_LEAST, _PREHEADER_MOST = 40, 100
_CAPITALS_MOST = 0.3
_LETTERS_LEAST = 10
_REPEATED_MOST = 0.6
_WORDS_LEAST = 3
REPLY = re.compile(r"\s*(?:re|fwd?|aw|wg|sv|отв|відп)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
_EMOJI = re.compile(
    r"[\U0001F1E6-\U0001F1FF]{2}|"
    r"[\u2600-\u27BF\u2B00-\u2BFF\U0001F000-\U0001FAFF](?:[\uFE0F\U0001F3FB-\U0001F3FF]|\u200D[\u2600-\U0001FAFF])*"
)
_BADGE = re.compile(r"[✓✔✅☑🗸]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_SPOKEN = re.compile(r"\w+")
_LABELS = {
    *("newsletter", "edition", "issue", "weekly", "daily", "no", "number", "vol", "volume", "the", "a", "an", "of"),
    *("and", "in", "on", "from", "for", "your", "our", "new", "this", "week", "випуск", "номер", "розсилка", "выпуск"),
    *("рассылка", "ნომერი", "გამოცემა", "العدد", "النشرة"),
}


@rule(
    "I-SUBJ-LEN",
    "warning",
    reason="Phones show about fifty characters of a subject, many fewer.",
    mend="Cut the subject to 50 characters, the main words first.",
)
def subject_length(case: Case) -> Iterator[Finding]:
    """Count characters of the subject, or of the title that stands in for it."""
    key, subject = _subject(case)
    if len(subject) > SUBJECT_MOST:
        loss = "most inboxes cut it" if len(subject) > _SUBJECT_CUT else "phones cut it"
        message = f"the subject has {len(subject)} characters, {loss}; {SUBJECT_MOST} are enough"
        yield Finding(key=key, message=message)


@rule(
    "I-SUBJ-FRONT",
    "info",
    reason="The first 33 characters are all that a locked phone shows.",
    mend="Begin with what is new; the sender's name stands beside it already.",
)
def subject_front(case: Case) -> Iterator[Finding]:
    """Look for a word that is neither the newsletter's name nor a label nor a number."""
    key, subject = _subject(case)
    name = {word.lower() for word in _WORD.findall(case.settings.name)}
    front = [word.lower() for word in _WORD.findall(cut(subject, _FRONT))]
    if subject and not any(word not in name and word not in _LABELS for word in front):
        yield Finding(key=key, message="the subject opens with nothing new; put what the story is about first")


@rule(
    "I-SUBJ-RE",
    "error",
    reason="A false Re: or Fwd: is a trick of spammers, and mailbox providers treat it so.",
    mend="Take it out.",
)
def subject_reply(case: Case) -> Iterator[Finding]:
    """Look for reply and forward marks of several languages."""
    key, subject = _subject(case)
    if REPLY.match(subject):
        yield Finding(key=key, message="the subject pretends to be a reply; take Re: or Fwd: out")


@rule(
    "I-SUBJ-CAPS",
    "warning",
    reason="Capitals and exclamation marks shout, and filters hear it.",
    mend="Write it as a sentence.",
)
def subject_shouts(case: Case) -> Iterator[Finding]:
    """Count capitals among letters, in subjects of ten letters and more."""
    key, subject = _subject(case)
    letters = [letter for letter in subject if letter.isalpha()]
    capitals = sum(map(str.isupper, letters))
    if "!!" in subject:
        yield Finding(key=key, message="the subject has more than one exclamation mark; one is enough")
    if len(letters) >= _LETTERS_LEAST and capitals > _CAPITALS_MOST * len(letters):
        yield Finding(key=key, message="the subject is mostly capitals; write it as a sentence")


@rule(
    "I-SUBJ-EMOJI",
    "warning",
    also="error",
    reason="One emoji is a voice, two are noise; a tick that looks like a badge of verification is refused (error).",
    mend="Keep at most one, and no tick.",
)
def subject_emoji(case: Case) -> Iterator[Finding]:
    """Count emoji; flags and joined ones are one."""
    key, subject = _subject(case)
    if _BADGE.search(subject):
        message = "the subject has a tick that looks like a badge of verification; take it out"
        yield Finding(key=key, severity="error", message=message)
    count = len(_EMOJI.findall(subject))
    if count > 1:
        yield Finding(key=key, message=f"the subject has {count} emoji; keep one at most")


@rule(
    "I-PRE-LEN",
    "warning",
    reason="Too short, and the inbox fills the line with whatever comes next; too long, and it is cut.",
    mend="Write a preheader of 40 to 100 characters.",
)
def preheader_length(case: Case) -> Iterator[Finding]:
    """Count characters of the preheader, or of the dek that stands in for it."""
    key, preheader = _preheader(case)
    if not _PREHEADER_LEAST <= len(preheader) <= _PREHEADER_MOST:
        noun = "dek stands in as preheader and" if key == "dek" else "preheader"
        message = f"the {noun} has {len(preheader)} characters; write `preheader:` in 40 to 100"
        yield Finding(key=key, message=message)


@rule(
    "I-PRE-REPEAT",
    "warning",
    reason="Subject and preheader stand side by side; said twice, half the line is lost.",
    mend="Let the preheader say what else is inside.",
)
def preheader_repeats(case: Case) -> Iterator[Finding]:
    """Measure how many of the subject's words the preheader says again."""
    key, preheader = _preheader(case)
    _, subject = _subject(case)
    words = {word.lower() for word in _WORD.findall(subject)}
    again = words & {word.lower() for word in _WORD.findall(preheader)}
    if len(words) >= _WORDS_LEAST and len(again) > _REPEATED_MOST * len(words):
        yield Finding(key=key, message="the preheader repeats the subject; say what else is inside")


@rule(
    "I-SUBJ-REUSED",
    "warning",
    reason="Mail programs put mails of one subject into one thread, and readers think that they have read it.",
    mend="Write another subject.",
)
def subject_reused(case: Case) -> Iterator[Finding]:
    """Compare with the subjects of the other editions that went out, whatever their marks and capitals."""
    key, subject = _subject(case)
    told = next((one for one in case.past.subjects if _folded(one.subject) == _folded(subject)), None)
    if told and _folded(subject):
        where = f"edition {told.edition} ({told.day:%Y-%m-%d})"
        yield Finding(key=key, message=f"{where} went out with this subject; write another")


@rule(
    "I-FROM-NAME",
    "error",
    reason="Readers open what comes from a name they subscribed to; another one looks like somebody else's mail.",
    mend="Set `from_name` in newsletter.toml to the newsletter's name, or to one that holds it.",
)
def sender_unknown(case: Case) -> Iterator[Finding]:
    """Want the newsletter's name in the sender's: “Nino of Undertow” is one that readers know."""
    sender, name = _folded(case.settings.from_name), _folded(case.settings.name)
    if f" {name} " not in f" {sender} ":
        told = f"the mail would come from {quoted(case.settings.from_name)}, not from {case.settings.name}"
        yield Finding(message=f"{told}; set `from_name` in newsletter.toml")


def _folded(words: str) -> str:
    return " ".join(_SPOKEN.findall(one_line(words).casefold()))


def _subject(case: Case) -> tuple[str, str]:
    key = "subject" if case.manuscript.get("subject") else "title"
    return key, case.manuscript.get(key)


def _preheader(case: Case) -> tuple[str, str]:
    key = "dek" if case.manuscript.get("dek") and not case.manuscript.get("preheader") else "preheader"
    return key, case.manuscript.get(key)


RULES = (
    subject_length,
    subject_front,
    subject_reply,
    subject_shouts,
    subject_emoji,
    preheader_length,
    preheader_repeats,
    subject_reused,
    sender_unknown,
)
