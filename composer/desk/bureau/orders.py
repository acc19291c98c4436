"""Words in an article that speak to a machine, not to a reader: orders to whoever summarises it. Pure.

Narrow on purpose, for news is full of rules that are ignored and of AI that must do something. It catches the common
forms, not a determined writer: what an answer may hold is decided in `answering`, whatever the article says.
"""

import re

from composer.summaries import sentences

_LEAVE = r"\b(?:ignore|disregard|forget|override|bypass)\b"
_NEAR = r"[^.!?\n]{0,25}"
_RULES = r"\b(?:instructions?|prompts?|rules|guidelines|directions)\b"
_MACHINE = r"(?:AIs?|LLMs?|(?:large )?language models?|(?:AI )?assistants?|chatbots?|bots?|summari[sz]ers?)"
_PATTERNS = (
    rf"{_LEAVE}{_NEAR}\b(?:previous|prior|above|earlier|preceding|your)\b{_NEAR}{_RULES}",
    rf"{_LEAVE}{_NEAR}{_RULES} above\b",
    rf"{_LEAVE} everything (?:before|above|you)\b",
    rf"\b(?:игнорируй|забудь)(?:те)?\b{_NEAR}\b(?:предыдущ|прежн|все|всё)\w*{_NEAR}\b(?:инструкц|указани|правил)",
    rf"\b(?:ігноруй|забудь)(?:те)?\b{_NEAR}\b(?:попередн|усі|всі)\w*{_NEAR}\b(?:інструкц|вказівк|правил)",
    r"\bsystem (?:prompt|override)\b",
    rf"\byou are now (?:an?|the) (?:\w+ )?{_MACHINE}\b",
    r"\byou are (?:an?|the) (?:AI|helpful|virtual) (?:assistant|model|chatbot)\b",
    r"\byou are a (?:large )?language model\b",
    rf"\b{_MACHINE} (?:that (?:is|are) )?(?:reading|processing|summari[sz]ing) this\b",
    rf"\b{_MACHINE} (?:must|should) (?:always |only )?(?:answer|respond|reply|output|print|end)\b",
    rf"\b(?:notes?|messages?|instructions?|attention|orders?) (?:to|for|of) (?:the |any |all )?{_MACHINE}\s*[:,–—-]",
    r"\byour (?:summary|output)\b",
    r"\b(?:respond|reply|answer) (?:only with|with only)\b",
    r"<\|?/?(?:im_start|im_end|system|assistant|inst)\b|\[/?INST\]",
    r"^\s*(?:system|assistant)\s*:",
)
_ORDER = re.compile("|".join(_PATTERNS), re.IGNORECASE | re.MULTILINE)


def parted(paragraph: str) -> tuple[str, str]:
    """Part a paragraph where a sentence begins to speak to a machine: what may be sent, and what is kept back."""
    if not _ORDER.search(paragraph):
        return paragraph, ""
    starts = (one.start for one in sentences(paragraph) if _ORDER.search(one.words))
    at = next(starts, 0)
    return paragraph[:at].rstrip(), paragraph[at:]
