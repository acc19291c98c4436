"""A caption and the credit that is glued to it, told apart in seven languages; what fits nothing stays caption."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.captions import credit_start, has_full_stop, is_labelled, part, plain

WHARF = "Boats lie at the quay."


@pytest.mark.parametrize(
    ("line", "words", "credit"),
    [
        (f"{WHARF} Ana Sample/POOL/AFP via Getty Images.", WHARF, "Ana Sample/POOL/AFP via Getty Images"),
        (f"{WHARF} Photo: Ana Sample/AFP via Getty Images.", WHARF, "Ana Sample/AFP via Getty Images"),
        (f"{WHARF} Photo by Ana Sample", WHARF, "Ana Sample"),
        (f"{WHARF} Photo credit: Ana Sample for The Portolan", WHARF, "Ana Sample for The Portolan"),
        (f"{WHARF} Photograph: press office of the port", WHARF, "press office of the port"),
        (f"{WHARF} (AP Photo/Ana Sample)", WHARF, "AP Photo/Ana Sample"),
        (f"{WHARF} [Photo: Ana Sample / Reuters]", WHARF, "Ana Sample/Reuters"),
        (f"{WHARF} © 2026 Ana Sample", WHARF, "Ana Sample"),
        (f"{WHARF} (c) Ana Sample", WHARF, "Ana Sample"),
        (f"{WHARF} (c)2026 Ana Sample", WHARF, "Ana Sample"),
        (f"{WHARF} Courtesy of Ana Sample", WHARF, "Ana Sample"),
        (f"{WHARF} Ana Sample, Reuters", WHARF, "Ana Sample, Reuters"),
        ("Boats lie at the quay | Ana Sample/EPA", "Boats lie at the quay", "Ana Sample/EPA"),
        ("Boats lie at the quay – Ana van der Sample/ANP", "Boats lie at the quay", "Ana van der Sample/ANP"),
        ("Boats lie at the quay Photo: Ana Sample", "Boats lie at the quay", "Ana Sample"),
        ("Човни стоять біля причалу. Фото: Ірина Коваль/УНІАН", "Човни стоять біля причалу.", "Ірина Коваль/УНІАН"),
        ("Човни стоять біля причалу. Світлина Ірини Коваль", "Човни стоять біля причалу.", "Ірини Коваль"),
        ("Човни біля причалу (Ірина Коваль/AFP через Getty Images)", "Човни біля причалу", "Ірина Коваль/AFP через Getty Images"),
        ("Лодки стоят у причала. Фото: Пётр Дан/ТАСС.", "Лодки стоят у причала.", "Пётр Дан/ТАСС"),
        ("Лодки стоят у причала. Автор фото: Пётр Дан", "Лодки стоят у причала.", "Пётр Дан"),
        ("ნავები ნაპირთან დგას. ფოტო: ნინო ნიმუში/AFP", "ნავები ნაპირთან დგას.", "ნინო ნიმუში/AFP"),
        ("ნავები ნაპირთან დგას. ფოტო: ნინო ნიმუში", "ნავები ნაპირთან დგას.", "ნინო ნიმუში"),
        ("ნავები ნაპირთან დგას (ნინო ნიმუში/Reuters)", "ნავები ნაპირთან დგას", "ნინო ნიმუში/Reuters"),
        ("قوارب عند الرصيف. تصوير: ليلى مثال/أ ف ب", "قوارب عند الرصيف.", "ليلى مثال/أ ف ب"),
        ("قوارب عند الرصيف. الصورة: رويترز", "قوارب عند الرصيف.", "رويترز"),
        ("قوارب عند الرصيف (ليلى مثال/الأناضول عبر غيتي)", "قوارب عند الرصيف", "ليلى مثال/الأناضول عبر غيتي"),
        ("Des bateaux à quai. Photo : Élise Exemple/AFP", "Des bateaux à quai.", "Élise Exemple/AFP"),
        ("Des bateaux à quai. Crédit photo : Élise Exemple", "Des bateaux à quai.", "Élise Exemple"),
        ("Des bateaux à quai. © Élise Exemple / AFP", "Des bateaux à quai.", "Élise Exemple/AFP"),
        ("Boote liegen am Kai. Foto: Jörg Beispiel/dpa", "Boote liegen am Kai.", "Jörg Beispiel/dpa"),
        ("Boote liegen am Kai. Bild: Jörg Beispiel", "Boote liegen am Kai.", "Jörg Beispiel"),
        ("Boote liegen am Kai (Foto: Jörg Beispiel)", "Boote liegen am Kai", "Jörg Beispiel"),
        ("Photo: Ana Sample/AFP", "", "Ana Sample/AFP"),
        ("AFP", "", "AFP"),
    ],
)  # fmt: skip
def test_a_credit_is_told_from_the_caption_before_it(line: str, words: str, credit: str) -> None:
    told = part(line)

    assert (told.words, told.credit) == (words, credit)


@pytest.mark.parametrize(
    "line",
    [
        WHARF,
        "He met the minister in Kyiv.",
        "The talks ended without a date. Nobody waited.",
        "It snowed on Reuters Street.",
        "A photo of the harbour hangs in the hall.",
        "The paper was sold via an agent. The buyer was silent.",
        "Photo: a lorry waits on the second bridge at dawn.",
        "Міністр поїхав до Києва. Ніхто не чекав.",
        "Министр уехал в Киев. Никто не ждал.",
        "მინისტრი თბილისში ჩავიდა. არავინ ელოდა.",
        "وصل الوزير إلى تبليسي. لم ينتظر أحد.",
        "Le ministre est parti. Personne n’attendait.",
        "Der Minister ging nach Kiew. Niemand wartete.",
        "",
        "   ",
    ],
)
def test_a_line_that_credits_nobody_is_all_caption(line: str) -> None:
    assert part(line).credit == ""
    assert part(line).words == " ".join(line.split())


@pytest.mark.parametrize(
    ("credit", "printed"),
    [
        ("Photo: Ana Sample.", "Ana Sample"),
        ("Ana Sample / AFP", "Ana Sample/AFP"),
        ("/Ana Sample/", "Ana Sample"),
        ("Фото: Ірина Коваль", "Ірина Коваль"),
        ("© 2026 Ana Sample", "Ana Sample"),
        ("(Ana Sample/AFP).", "Ana Sample/AFP"),
        ("Sample Pictures Ltd.", "Sample Pictures Ltd."),
        ("Ana Sample (The Portolan)", "Ana Sample (The Portolan)"),
        ("Photographer unknown", "Photographer unknown"),
        ("Photo", "Photo"),
    ],
)
def test_a_credit_is_printed_as_names_only(credit: str, printed: str) -> None:
    assert plain(credit) == printed
    assert plain(printed) == printed


def test_a_label_needs_somebody_after_it() -> None:
    assert is_labelled("Photo: Ana Sample")
    assert not is_labelled("Photo:")
    assert not is_labelled("Ana Sample")


def test_a_full_stop_belongs_to_some_names() -> None:
    assert has_full_stop("Ana Sample.")
    assert not has_full_stop("Sample Pictures Inc.")


WORDS = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(["Photo:", "©", "Ana Sample", "/", "AFP", "via", "(", ")", ".", "Фото:", "تصوير:", "—", "\n"]),
    ),
    max_size=30,
).map(" ".join)


@given(WORDS)
def test_no_word_of_any_line_is_lost_or_made_up(line: str) -> None:
    told, start = part(line), credit_start(line)

    assert 0 <= start <= len(line)
    assert told.words in " ".join(line.split())
    assert told.credit in re.sub(r"\s*/\s*", "/", " ".join(line.split()))


def test_a_long_line_is_read_in_no_time_that_anybody_notices() -> None:
    line = "Photo: " * 20_000 + "(" * 1000 + "A/" * 1000

    assert part(line).words
    assert part("Aa-Bb-" * 40).credit == ""
