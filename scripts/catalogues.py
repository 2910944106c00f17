"""The catalogue of one language or more: made, or brought up to date, from the texts that the French one holds.

Usage: python scripts/catalogues.py de uk. The French catalogue is whole, as a test makes sure, so nothing is missing.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).resolve().parent.parent / "locale"
_HEADER = "# Caveat in {language}. See docs/translating.md."


def main(languages: list[str]) -> int:
    """The exit code: 1 where nothing is named, or what is named is no language."""
    if not languages:
        print("Name the languages by their codes, such as: make words LANGUAGES='de uk'")
        return 1
    try:
        for language in languages:
            print(brought_up_to_date(language))
    except (UnknownLocaleError, ValueError) as error:
        print(error)
        return 1
    return 0


def brought_up_to_date(language: str, folder: Path = FOLDER) -> str:
    """Writes the language's catalogue, translations kept, and says how far it is. Plural forms are those of CLDR."""
    path = folder / language / "LC_MESSAGES" / "django.po"
    known = Locale.parse(language)
    catalogue = Catalog(known, domain="django", project="Caveat", fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=known, domain="django")
    catalogue.header_comment = _HEADER.format(language=known.english_name)
    catalogue.update(texts(folder), no_fuzzy_matching=True, update_header_comment=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=120)
    done = sum(1 for message in catalogue if message.id and all(_forms(message)))
    return f"{path}: {done} of {len(catalogue)} texts have their translation."


def texts(folder: Path = FOLDER) -> Catalog:
    """Every text of the program, without a translation."""
    with (folder / "fr/LC_MESSAGES/django.po").open("rb") as file:
        french = read_po(file)
    found = Catalog()
    for message in french:
        if message.id:
            found.add(message.id, context=message.context, flags=message.flags)
    return found


def _forms(message: Message) -> Sequence[str]:
    """What it is translated with: one text, or one for each plural form."""
    return [message.string] if isinstance(message.string, str) else message.string or [""]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
