"""What we ask of a newsletter service: to keep a draft, to say what stands there, and to send it on a person's word."""

from typing import Protocol

from composer.model import Print
from composer.services import Dialect, Draft, Push, ServiceName, Standing


class Service(Protocol):
    """A service that keeps drafts. Every call may raise WireError, AuthError, RateLimitError, RejectedError."""

    name: ServiceName
    dialect: Dialect
    wrapper_bytes: int  # what it wraps around a mail's HTML
    takes_pictures: bool
    takes_mail: bool  # whole; else it makes a mail of its own around the edition's words

    def find(self, draft: Draft, remote_id: str) -> Standing | None:
        """Return what stands there of an edition: by the service's number for it, else by the edition's own key."""
        ...

    def create(self, draft: Draft) -> Standing:
        """Put a draft there, and return it as it stands then."""
        ...

    def update(self, standing: Standing, draft: Draft) -> Standing:
        """Write over a draft, and return it as it stands then. Raises ConflictError when it was changed meanwhile."""
        ...

    def send(self, standing: Standing) -> None:
        """Let the service send a draft to its readers now. There is no way back."""
        ...

    def upload(self, picture: Print) -> str:
        """Put a picture there, and return its address; "" where the service takes none."""
        ...


class Pushes(Protocol):
    """The store's shelf of what was written to services. What is written here outlives a power cut."""

    def last(self, edition_id: int, service: str) -> Push | None:
        """Return what was written there of an edition last."""
        ...

    def keep(self, push: Push) -> None:
        """Keep what was written, in the place of what was before."""
        ...

    def picture(self, service: str, sha256: str) -> str:
        """Return where a picture lies at a service, "" when it was not put there yet."""
        ...

    def keep_picture(self, service: str, sha256: str, url: str) -> None:
        """Keep where a picture lies."""
        ...
