"""When a database has to be prepared again."""

from pathlib import Path

from server import fingerprint


def program(root: Path) -> Path:
    (root / "restrictions" / "reference" / "__pycache__").mkdir(parents=True)
    (root / "restrictions" / "reference" / "data.csv").write_text("a,b")
    (root / "requirements.txt").write_text("django")
    return root


def test_a_change_of_data_gives_another_word(tmp_path: Path) -> None:
    root = program(tmp_path)
    before = fingerprint.of_program(root)
    assert fingerprint.of_program(root) == before
    (root / "restrictions" / "reference" / "data.csv").write_text("a,c")
    assert fingerprint.of_program(root) != before


def test_what_is_loaded_from_no_longer_being_there_counts(tmp_path: Path) -> None:
    root = program(tmp_path)
    before = fingerprint.of_program(root)
    (root / "restrictions" / "reference" / "data.csv").unlink()
    assert fingerprint.of_program(root) != before


def test_compiled_files_do_not_count(tmp_path: Path) -> None:
    root = program(tmp_path)
    before = fingerprint.of_program(root)
    (root / "restrictions" / "reference" / "__pycache__" / "x.pyc").write_bytes(b"1")
    assert fingerprint.of_program(root) == before


def test_each_database_has_a_word_of_its_own() -> None:
    words = {
        fingerprint.of_wishes("p", url, demo=demo) for url in ("embedded", "postgres://h/d") for demo in (True, False)
    }
    assert len(words) == 4
