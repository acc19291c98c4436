"""Newsletter services, each behind `composer.ports.Service`: they keep drafts, and send one on a person's word."""

from collections.abc import Callable

from composer.errors import UsageError
from composer.outlets.services.buttondown import Buttondown
from composer.outlets.services.ghost import Ghost
from composer.outlets.services.keila import Keila
from composer.outlets.services.listmonk import Listmonk
from composer.ports import Service
from composer.services import ServiceName

Secret = Callable[[str], str]


def service(name: ServiceName, secret: Secret, lists: tuple[int, ...] = ()) -> Service:
    """Return a service, entered by what the environment or the keyring says. Raises UsageError for what is missing.

    `lists` are listmonk's, which wants to know them for a draft already.
    """

    def needed(variable: str) -> str:
        if not (value := secret(variable)):
            raise UsageError(f"{variable} is not set, in the environment or the keyring; see docs/services.md")
        return value

    if name == "listmonk":
        if not lists:
            raise UsageError(
                "newsletter.toml: services.listmonk_lists names no list, and listmonk wants one for a draft"
            )
        token = f"{needed('LISTMONK_API_USER')}:{needed('LISTMONK_API_TOKEN')}"
        return Listmonk(needed("LISTMONK_URL"), token, lists)
    if name == "buttondown":
        return Buttondown(secret("BUTTONDOWN_URL") or "https://api.buttondown.com/v1", needed("BUTTONDOWN_API_KEY"))
    if name == "ghost":
        return Ghost(needed("GHOST_URL"), needed("GHOST_ADMIN_API_KEY"))
    return Keila(secret("KEILA_URL") or "https://app.keila.io", needed("KEILA_API_KEY"))


__all__ = ["service"]
