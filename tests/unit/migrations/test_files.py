"""migrations/files.py: the migrations in their folder."""

from __future__ import annotations

from migrations.files import Migration, read_migrations


def test_migrations_come_in_the_order_of_their_numbers(tmp_path):
    for name in ("0010_c.sql", "0002_b.sql", "0001_a.sql"):
        (tmp_path / name).write_text("SELECT 1;")

    assert [migration.name for migration in read_migrations(tmp_path)] == [
        "0001_a",
        "0002_b",
        "0010_c",
    ]


def test_other_files_are_no_migrations(tmp_path):
    for name in ("0001_a.sql~", "notes.sql", "0001_a.txt", "README.md"):
        (tmp_path / name).write_text("SELECT 1;")

    assert read_migrations(tmp_path) == []


def test_every_migration_of_ours_has_a_number_of_its_own():
    numbers = [migration.name.partition("_")[0] for migration in read_migrations()]

    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_statements_end_where_a_line_ends_in_a_semicolon():
    text = "CREATE TABLE a (\n  id INT\n);\nCREATE TABLE b (id INT); \n\nSELECT 1"

    assert Migration("m", text).statements == [
        "CREATE TABLE a (\n  id INT\n)",
        "CREATE TABLE b (id INT)",
        "SELECT 1",
    ]


def test_a_semicolon_within_a_line_ends_nothing():
    assert Migration("m", "INSERT INTO a VALUES ('x; y');").statements == [
        "INSERT INTO a VALUES ('x; y')"
    ]


def test_comments_are_no_statements():
    text = "-- one;\n  -- two;\nSELECT 1;\n-- three\n"

    assert Migration("m", text).statements == ["SELECT 1"]


def test_windows_line_ends_do_no_harm():
    assert Migration("m", "SELECT 1;\r\n-- x;\r\nSELECT 2;\r\n").statements == [
        "SELECT 1",
        "SELECT 2",
    ]


def test_an_empty_file_has_no_statement():
    assert Migration("m", "\n-- nothing yet\n").statements == []


def test_the_checksum_changes_with_the_text():
    assert Migration("m", "SELECT 1;").checksum != Migration("m", "SELECT 2;").checksum
