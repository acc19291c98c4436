"""What can go wrong, named for what an editor can do about it.

    ComposerError                 (exit 1)
    ├── UsageError                (exit 2)  the request itself is wrong
    │   └── SettingsError                   newsletter.toml says something we cannot use
    ├── NotFoundError             (exit 5)  no such edition, article, source, folder or file
    ├── ConflictError             (exit 6)  somebody else changed it, or it exists already
    │   └── PartedError                     two people wrote on one edition; both texts are kept
    ├── ProofError                (exit 7)  the edition has errors that stand
    ├── WireError                           the world did not give us what we asked for
    │   ├── FeedError                       it answered, but not with a feed we can read
    │   ├── AuthError         (exit 3)  it wants a key, or another one
    │   ├── RateLimitError    (exit 8)  it wants us to come back later
    │   └── RejectedError     (exit 7)  it does not take what we sent
    ├── ArchiveError                        an export cannot be read: damaged, foreign, or not safe to take in
    ├── ManuscriptError                     a manuscript cannot be read
    │   └── HalfSavedError                  it seems emptied or cut off; the text before stands
    ├── StoreError                          the store cannot be opened, read or written
    ├── ThemeError                          a theme's part is wrong
    └── OutboxError                         an edition cannot be written out

Every message is one line that says what, where and what to do. Only the command line's edge prints them.
"""


class ComposerError(Exception):
    """The root of everything Currents raises on purpose."""

    exit_code = 1


class UsageError(ComposerError):
    """The request itself is wrong."""

    exit_code = 2


class SettingsError(UsageError):
    """`newsletter.toml` holds something that cannot be used."""

    def __init__(self, file: str, line: int, sentence: str) -> None:
        super().__init__(f"{file}:{line}: {sentence}")
        self.file = file
        self.line = line


class NotFoundError(ComposerError):
    """What was asked for is not there."""

    exit_code = 5


class ConflictError(ComposerError):
    """It exists already, or it changed meanwhile."""

    exit_code = 6


class PartedError(ConflictError):
    """Two people wrote on one edition, each from the same text. Both texts are kept."""

    def __init__(self, sentence: str, *, common: str, theirs: str, yours: str) -> None:
        super().__init__(sentence)
        self.common = common
        self.theirs = theirs  # what the store keeps as the newest revision
        self.yours = yours  # what the file holds that the sentence names


class ProofError(ComposerError):
    """The edition has errors that stand."""

    exit_code = 7


class WireError(ComposerError):
    """The world did not give us what we asked for."""

    def __init__(self, address: str, sentence: str) -> None:
        super().__init__(f"{address}: {sentence}")
        self.address = address
        self.sentence = sentence


class FeedError(WireError):
    """The address answered, but not with a feed we can read."""


class AuthError(WireError):
    """The address refused our key, or wants one."""

    exit_code = 3


class RateLimitError(WireError):
    """The address wants us to come back later."""

    exit_code = 8


class RejectedError(WireError):
    """The address understood us, and does not take what we sent."""

    exit_code = 7


class ManuscriptError(ComposerError):
    """A manuscript cannot be read."""

    def __init__(self, file: str, line: int, sentence: str) -> None:
        super().__init__(f"{file}:{line}: {sentence}")
        self.file = file
        self.line = line


class HalfSavedError(ManuscriptError):
    """A manuscript seems emptied or cut off, and was not kept in place of its newest revision."""

    def __init__(self, file: str, edition_id: int, revision: int, why: str) -> None:
        mend = f"`currents edit {edition_id} --restore` writes it back, --take keeps the file as it is"
        super().__init__(file, 1, f"the file {why}; it was not kept, revision {revision} stands: {mend}")
        self.revision = revision
        self.why = why


class ArchiveError(ComposerError):
    """An export cannot be read; nothing of it was taken in."""

    def __init__(self, place: str, sentence: str) -> None:
        super().__init__(f"{place}: {sentence}; nothing was taken in")
        self.place = place


class StoreError(ComposerError):
    """The store cannot be opened, read or written."""


class ThemeError(ComposerError):
    """A theme's part is wrong."""

    def __init__(self, part: str, line: int, sentence: str) -> None:
        super().__init__(f"{part}:{line}: {sentence}")
        self.part = part
        self.line = line
        self.sentence = sentence


class OutboxError(ComposerError):
    """An edition cannot be written out."""
