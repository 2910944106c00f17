"""Says whether models and migrations agree, the settings are safe for the open internet, and each template compiles."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ.setdefault("SECRET_KEY", "a key as long and as random as a server's would be: 7f1c9e2b4a6d8053")

import django  # noqa: E402  the environment had to be written first
from django.core.management import CommandError, call_command  # noqa: E402
from django.template import TemplateSyntaxError  # noqa: E402
from django.template.loader import get_template  # noqa: E402


def main() -> int:
    """The exit code: 1 where a template does not compile; models and migrations differ, or a check warns."""
    django.setup()
    try:
        call_command("makemigrations", check=True, dry_run=True)
        call_command("check", deploy=True, fail_level="WARNING")
    except CommandError as error:
        print(error)
        return 1
    broken = list(_broken_templates())
    print(*(broken or ["Every template compiles."]), sep="\n")
    return 1 if broken else 0


def _broken_templates() -> Iterator[str]:
    for folder in (ROOT / "templates", *ROOT.glob("*/templates")):
        for path in sorted(folder.rglob("*.*")):
            name = path.relative_to(folder).as_posix()
            try:
                get_template(name)
            except (TemplateSyntaxError, UnicodeDecodeError) as error:
                yield f"{path.relative_to(ROOT)}: {error}"


if __name__ == "__main__":
    sys.exit(main())
