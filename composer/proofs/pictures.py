"""Photos: three different sentences (alt, caption, credit), their rights, size and file."""

import re
from collections.abc import Iterator
from http import HTTPStatus

from composer.blocks import Block
from composer.proofs.case import Case, Finding, rule
from composer.proofs.vocabulary import PICTURE_OF
from composer.text import one_line

_ALT_MOST = 150
_BYTES_MOST = 200_000
_PIXELS_MOST = 1200  # twice the 600 px card
_PROPORTION_SLACK = 0.02
_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|heic)|(?:img|dsc|dscn|pxl|image)[ _-]?\d+\S*", re.IGNORECASE
)
_PREFIX = re.compile(
    r"(?:photo(?:graph)?|image|picture|credit|courtesy|фото|ფოტო|صورة|تصوير)s?\b\s*(?::|by\b|courtesy\b|of\b)|©|\(c\)",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"/(?:POOL|AFP|AP|EPA|Reuters|Getty|TASS|UNIAN|Anadolu)\b|\bvia (?:Getty|AP|AFP|Reuters|Shutterstock|EPA)\b"
    r"|\bGetty Images\b|\bAP Photo\b|\b(?:Photo|Фото|ფოტო|Credit)\s*:",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"owned|licensed|fair|public-domain|cc0|cc-by(?:-(?:nc|nd|sa)){0,2}(?:-\d\.\d)?", re.IGNORECASE)
_UNSHOWN = re.compile(r"\.(svgz?|webp|avif|heic|tiff?)(?:[?#]|$)", re.IGNORECASE)
_MAIL_TYPES = {"image/jpeg", "image/png", "image/gif"}


@rule(
    "M-ALT",
    "error",
    reason="Readers who cannot see the picture, or have not loaded it, get these words in its place.",
    mend="Write `alt:` with what the picture shows, or `decorative: yes` when it shows nothing.",
)
def alt_missing(case: Case) -> Iterator[Finding]:
    """Want alt words on photos and on a sponsor's picture."""
    for block in _with_picture(case, "photo", "sponsor"):
        if not block.get("alt") and block.get("decorative") != "yes":
            yield Finding(block=block, key="alt", message="the picture has no alt words; say in `alt:` what it shows")


@rule(
    "M-ALT-BAD",
    "warning",
    reason="A file name, “image of” or the caption again tells a listener nothing; long alt words cannot be skipped.",
    mend="Say in at most 150 characters what is to be seen.",
)
def alt_bad(case: Case) -> Iterator[Finding]:
    """Look for the four common faults."""
    for block in case.manuscript.of("photo", "figure", "sponsor"):
        alt = block.get("alt").strip()
        if fault := _alt_fault(alt, block.get("caption")):
            yield Finding(block=block, key="alt", message=f"the alt words {fault}; say what is to be seen")


@rule(
    "M-CREDIT",
    "error",
    reason="A photographer's name is owed, by courtesy and by contract.",
    mend="Write `credit: Name/Agency via Distributor`.",
)
def credit_missing(case: Case) -> Iterator[Finding]:
    """Want a credit on every photo."""
    for block in case.manuscript.of("photo"):
        if not block.get("credit"):
            yield Finding(block=block, key="credit", message="the photo has no credit; write `credit: Name/Agency`")


@rule(
    "M-CREDIT-FORM",
    "warning",
    reason="Credits read alike, and the theme writes “Photo” by itself.",
    mend="Write Name/Agency via Distributor, without a prefix or a full stop.",
)
def credit_form(case: Case) -> Iterator[Finding]:
    """Look for a prefix, a full stop, and spaces round the stroke; a lone name is a credit too."""
    for block in case.manuscript.of("photo"):
        credit = block.get("credit")
        if _PREFIX.match(credit):
            yield Finding(block=block, key="credit", message="the credit carries a prefix; write the names only")
        if credit.endswith(".") and not re.search(r"\b(?:Inc|Ltd|Co|Jr|Sr|[A-Z])\.$", credit):
            yield Finding(block=block, key="credit", message="the credit ends with a full stop; drop it")
        if re.search(r"\s/|/\s|//|^/|/$", credit):
            yield Finding(block=block, key="credit", message="the credit has loose strokes; write Name/Agency")


@rule(
    "M-CAPTION",
    "warning",
    reason="Readers look at captions before they read; the credit is another sentence with its own line.",
    mend="Write `caption:` with who, where and when, and move the agency's name to `credit:`.",
)
def caption_form(case: Case) -> Iterator[Finding]:
    """Want a caption on photos that are not decorative, without a credit glued to it."""
    for block in case.manuscript.of("photo"):
        caption, credit = block.get("caption"), block.get("credit")
        if not caption and block.get("decorative") != "yes":
            yield Finding(block=block, key="caption", message="the photo has no caption; say who, where and when")
        elif _AGENCY.search(caption) or (credit and caption.rstrip(". ").endswith(f" {credit.rstrip('.')}")):
            message = "a credit is glued to the caption; move it to `credit:`"
            yield Finding(block=block, key="caption", message=message)


@rule(
    "M-RIGHTS",
    "warning",
    reason="A picture found is not a picture one may print.",
    mend="Write `rights:` owned, licensed, public-domain, cc0, cc-by (and its kin) or fair.",
)
def rights_unknown(case: Case) -> Iterator[Finding]:
    """Want a known word for why we may print it."""
    for block in case.manuscript.of("photo"):
        rights = block.get("rights")
        if not _RIGHTS.fullmatch(rights):
            said = f"{rights} says nothing about rights" if rights else "nobody says by what right we print it"
            yield Finding(block=block, key="rights", message=f"{said}; write `rights:` owned, licensed, cc-by or fair")


@rule(
    "M-DIM",
    "error",
    also="warning",
    reason="Without its size a picture makes the text jump when it loads; a wrong proportion squeezes it (warning).",
    mend="Write `width:` and `height:` of the file in whole pixels.",
)
def size_missing(case: Case) -> Iterator[Finding]:
    """Want whole numbers, in the proportion of the developed print."""
    for block in case.manuscript.of("photo"):
        wrong = [key for key in ("width", "height") if not _pixels(block.get(key))]
        for key in wrong:
            said = f"{key} is {block.get(key)}" if block.get(key) else f"the photo has no {key}"
            yield Finding(block=block, key=key, message=f"{said}; write whole pixels such as `{key}: 1200`")
        if not wrong and (finding := _squeezed(case, block)):
            yield finding


@rule(
    "M-TYPE",
    "error",
    reason="Gmail shows no SVG and no data: picture, Outlook no WebP or AVIF.",
    mend="Use a JPEG or a PNG.",
)
def type_unshown(case: Case) -> Iterator[Finding]:
    """Look at the developed print where there is one, else at what the web gave, else at the address."""
    for block in _with_picture(case, "photo", "figure", "sponsor"):
        src = block.get("src")
        found = case.prints.get(src)
        if src.lower().startswith("data:"):
            yield Finding(
                block=block, key="src", message="the picture stands in the text as data:; name a file instead"
            )
        elif found and found.media_type:
            if found.media_type not in _MAIL_TYPES:
                yield Finding(block=block, key="src", message=f"mail cannot show {found.media_type}; use JPEG or PNG")
        elif (said := _kind_on_the_web(case, src)) and said not in _MAIL_TYPES:
            message = f"mail cannot show {said}, as its server gives it; use JPEG or PNG"
            yield Finding(block=block, key="src", message=message)
        elif not said and (unshown := _UNSHOWN.search(src)):
            message = f"mail cannot show {unshown.group(1).upper()} everywhere; use JPEG or PNG"
            yield Finding(block=block, key="src", message=message)


@rule(
    "M-WEIGHT",
    "warning",
    reason="Most mail is opened on phones; a heavy picture costs readers money and patience.",
    mend="Keep it under 200 KB and 1,200 px wide.",
)
def weight(case: Case) -> Iterator[Finding]:
    """Weigh developed prints; of a picture on the web only the width is known, unless somebody asked its server."""
    for block in _with_picture(case, "photo", "figure", "sponsor"):
        found = case.prints.get(block.get("src"))
        size = (len(found.content) if found else 0) or _bytes_on_the_web(case, block.get("src"))
        width = found.width if found and found.width else _pixels(block.get("width")) if _is_web(block) else 0
        if size > _BYTES_MOST:
            yield Finding(block=block, key="src", message=f"the picture weighs {size // 1000} KB; keep it under 200 KB")
        if width > _PIXELS_MOST:
            yield Finding(block=block, key="src", message=f"the picture is {width} px wide; {_PIXELS_MOST} are enough")


@rule(
    "M-HTTPS",
    "error",
    reason="Mail clients block pictures that come unencrypted, and their readers are watched.",
    mend="Use the https address, or keep the file with the edition.",
)
def unencrypted(case: Case) -> Iterator[Finding]:
    """Look for http addresses."""
    for block in _with_picture(case, "photo", "figure", "sponsor"):
        if block.get("src").lower().startswith("http://"):
            yield Finding(block=block, key="src", message="the picture comes unencrypted; use its https address")


@rule(
    "M-FILE",
    "error",
    reason="A picture that cannot be shown leaves a grey box.",
    mend="Mend what the message says about the file.",
)
def file_unusable(case: Case) -> Iterator[Finding]:
    """Pass on why a picture could not be developed."""
    for block in _with_picture(case, "photo", "figure", "sponsor"):
        found = case.prints.get(block.get("src"))
        if found and found.problem:
            yield Finding(block=block, key="src", message=found.problem)


def _kind_on_the_web(case: Case, src: str) -> str:
    reply = case.replies.get(src)
    return reply.media_type if reply and reply.picture and reply.status == HTTPStatus.OK else ""


def _bytes_on_the_web(case: Case, src: str) -> int:
    reply = case.replies.get(src)
    return reply.bytes_length if reply and reply.status == HTTPStatus.OK else 0


def _with_picture(case: Case, *kinds: str) -> Iterator[Block]:
    return (block for block in case.manuscript.of(*kinds) if block.kind == "photo" or block.get("src"))


def _alt_fault(alt: str, caption: str) -> str:
    if _FILE_NAME.fullmatch(alt):
        return "are a file name"
    if PICTURE_OF.match(alt):
        return "say that it is a picture"
    if alt and one_line(alt).rstrip(".").lower() == one_line(caption).rstrip(".").lower():
        return "repeat the caption"
    return f"are {len(alt)} characters long" if len(alt) > _ALT_MOST else ""


def _squeezed(case: Case, block: Block) -> Finding | None:
    found = case.prints.get(block.get("src"))
    if not found or not found.width or not found.height:
        return None
    said, true = _pixels(block.get("width")) / _pixels(block.get("height")), found.width / found.height
    if abs(said - true) <= _PROPORTION_SLACK * true:
        return None
    message = (
        f"{block.get('width')} × {block.get('height')} is not the file's proportion, {found.width} × {found.height}"
    )
    return Finding(block=block, key="width", severity="warning", message=f"{message}; write the file's")


def _pixels(written: str) -> int:
    return int(written) if re.fullmatch(r"[1-9][0-9]{0,5}", written) else 0


def _is_web(block: Block) -> bool:
    return block.get("src").lower().startswith(("http://", "https://"))


RULES = (
    alt_missing,
    alt_bad,
    credit_missing,
    credit_form,
    caption_form,
    rights_unknown,
    size_missing,
    type_unshown,
    weight,
    unencrypted,
    file_unusable,
)
