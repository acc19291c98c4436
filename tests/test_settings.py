from pathlib import Path

import pytest

from composer import resources
from composer.errors import NotFoundError, SettingsError
from composer.settings import FILE, find_root, read_settings

TEMPLATE = (resources.templates() / FILE).read_text(encoding="utf-8")


def folder(tmp_path: Path, text: str = TEMPLATE) -> Path:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    return tmp_path


def line_of(words: str) -> int:
    return next(number for number, line in enumerate(TEMPLATE.splitlines(), 1) if line.startswith(words))


def test_the_shipped_template_is_a_valid_newsletter(tmp_path: Path) -> None:
    settings = read_settings(folder(tmp_path))

    assert settings.name == "My newsletter"
    assert settings.from_name == "My newsletter"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("connections = 16", "connections = 0", "collect.connections must be a whole number from 1 to 100"),
        ('timezone = "UTC"', 'timezone = "Mars/Base"', "newsletter.timezone must be a time zone"),
        ('language = "en"', 'language = "english!"', "newsletter.language must be a language tag"),
        ("private_hosts = []", 'private_hosts = "127.0.0.1"', "collect.private_hosts must be a list such as"),
        ("private_hosts = []", "private_hosts = [true]", "collect.private_hosts must be a list such as"),
        ("private_hosts = []", 'private_hosts = ["*"]', "collect.private_hosts must be a list such as"),
        ("private_hosts = []", 'private_hosts = ["300.1.1.1"]', "collect.private_hosts must be a list such as"),
        ("private_hosts = []", 'private_hosts = ["http://x"]', "collect.private_hosts must be a list such as"),
        ('base_url = "https://news', 'base_url = "news', "newsletter.base_url must be an address"),
        ('from_address = "editor@', 'from_address = "editor', "mail.from_address must be a mail address"),
        ('theme = "currents"', 'theme = "../x"', "edition.theme must be a name"),
    ],
)
def test_a_wrong_setting_is_named_with_file_line_and_what_is_allowed(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    root = folder(tmp_path, TEMPLATE.replace(before, after, 1))

    with pytest.raises(SettingsError) as caught:
        read_settings(root)

    key = after.split(" =", 1)[0]
    assert str(caught.value).startswith(f"{root / FILE}:{line_of(key)}: {said}")


def test_hosts_in_a_private_network_are_names_addresses_and_networks(tmp_path: Path) -> None:
    hosts = '["Feeds.internal", "*.newsroom.internal", "127.0.0.1", "::1", "10.0.0.0/8"]'
    settings = read_settings(folder(tmp_path, TEMPLATE.replace("private_hosts = []", f"private_hosts = {hosts}")))

    assert settings.private_hosts == ("feeds.internal", "*.newsroom.internal", "127.0.0.1", "::1", "10.0.0.0/8")


def test_an_unknown_setting_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    root = folder(tmp_path, TEMPLATE.replace("items = 20", "itmes = 20"))

    with pytest.raises(SettingsError, match=rf"{FILE}:{line_of('items')}: feeds.itmes is not a setting; .* items"):
        read_settings(root)


def test_a_setting_outside_every_table_is_named(tmp_path: Path) -> None:
    root = folder(tmp_path, f'title = "x"\n{TEMPLATE}')

    with pytest.raises(SettingsError, match=rf"{FILE}:1: title is not a table"):
        read_settings(root)


def test_a_missing_setting_is_named_at_its_table(tmp_path: Path) -> None:
    root = folder(tmp_path, "\n".join(line for line in TEMPLATE.splitlines() if not line.startswith("tag_year")))

    with pytest.raises(SettingsError, match=rf"{FILE}:{line_of('[newsletter]')}: newsletter.tag_year is missing"):
        read_settings(root)


def test_a_file_that_is_not_toml_names_the_line(tmp_path: Path) -> None:
    root = folder(tmp_path, "[newsletter]\nname = Salt\n")

    with pytest.raises(SettingsError, match=rf"{FILE}:2: not TOML"):
        read_settings(root)


def test_the_folder_is_found_from_below(tmp_path: Path) -> None:
    below = folder(tmp_path) / "editions" / "old"
    below.mkdir(parents=True)

    assert find_root(below, None) == tmp_path


def test_the_named_folder_wins_over_the_one_above(tmp_path: Path) -> None:
    here = tmp_path / "here"
    there = tmp_path / "there"
    for one in (here, there):
        one.mkdir()
        folder(one)

    assert find_root(here, str(there)) == there


def test_the_variable_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURRENTS_NEWSLETTER", str(folder(tmp_path)))

    assert find_root(Path("/"), None) == tmp_path


def test_no_newsletter_anywhere_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="`currents init` makes a newsletter"):
        find_root(tmp_path, None)


def test_proof_has_settings_of_its_own_and_is_mild_without_them(tmp_path: Path) -> None:
    strict = TEMPLATE.replace("strict = false", "strict = true").replace("partners = []", 'partners = ["The Wire "]')
    mild, stern = read_settings(folder(tmp_path)), read_settings(folder(tmp_path, strict))

    assert (mild.strict, mild.partners, stern.strict, stern.partners) == (False, (), True, ("The Wire",))
    for wrong in ("strict = 1", 'partners = ""', "partners = [1]", 'partners = [" "]'):
        with pytest.raises(SettingsError, match=r"proof\.(?:strict must be true|partners must be a list of names)"):
            read_settings(folder(tmp_path, TEMPLATE.split("[proof]", maxsplit=1)[0] + f"[proof]\n{wrong}\n"))
