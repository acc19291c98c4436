"""Asks the web what proof cannot know by itself: whether the links of an edition lead anywhere."""

from collections.abc import Callable
from dataclasses import replace

from composer.ports import Inquirer
from composer.proofs import Case
from composer.proofs.online import inquiries
from composer.records import Reply


def asked(case: Case, inquirer: Inquirer, heard: Callable[[Reply], object] = lambda _: None) -> Case:
    """Return a case that knows what its links and its pictures on the web answer; the network is asked, politely.

    `heard` is called with every reply as it comes. Give the case to `composer.proofs.proof`.
    """
    replies = {}
    for reply in inquirer.ask(inquiries(case.manuscript)):
        heard(reply)
        if reply.picture or reply.address not in replies:
            replies[reply.address] = reply
    return replace(case, replies=replies)
