"""Pictures from the web: each address is visited once, politely, as feeds are; whether it is a picture others judge."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from composer.errors import WireError
from composer.feeds.addresses import is_web
from composer.feeds.fetch import Answer, Request
from composer.feeds.visits import answers
from composer.negatives import Brought, Kept
from composer.settings import Settings


def brought(addresses: Sequence[str], known: Sequence[Kept], settings: Settings) -> Iterator[Brought]:
    """Visit addresses and yield what each brought, as they answer; what is `known` is asked for only if it changed.

    The address check, the time and the size that hold for feeds hold here: a private address, a redirect into one, or
    more than `collect.megabytes_most` is a problem told in a line.
    """
    kept = {one.address: one for one in known}
    usable = [address for address in dict.fromkeys(addresses) if is_web(address) and urlsplit(address).hostname]
    yield from (
        Brought(address=address, problem="not a web address that can be visited")
        for address in dict.fromkeys(addresses)
        if address not in usable
    )
    requests = [_request(address, kept.get(address)) for address in usable]
    for index, answer in answers(requests, settings):
        yield _brought(usable[index], answer)


def _request(address: str, kept: Kept | None) -> Request:
    if kept is None:
        return Request(url=address)
    return Request(url=address, etag=kept.etag, last_modified=kept.last_modified)


def _brought(address: str, answer: Answer | WireError) -> Brought:
    if isinstance(answer, WireError):
        return Brought(address=address, problem=answer.sentence)
    if answer.damage:
        return Brought(address=address, problem=f"{answer.damage}; try again later")
    if not answer.unchanged and not answer.body:
        return Brought(address=address, problem="the answer is empty")
    return Brought(
        address=address,
        content=answer.body,
        unchanged=answer.unchanged,
        etag=answer.etag,
        last_modified=answer.last_modified,
    )
