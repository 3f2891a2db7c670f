"""The command line: help for everything, one clear line and status 2 for what the user can put right."""

import json
from importlib.metadata import version
from pathlib import Path

import polars as pl
import pytest
from typer.main import get_command
from typer.testing import CliRunner

from assets.articles.extract import extract_articles
from assets.articles.schema import ARTICLES
from assets.documents.schema import DOCUMENTS
from assets.sources.schema import SOURCES
from orchestration.cli.app import app
from orchestration.cli.lines.extract import documents_frame
from orchestration.cli.run import globbed
from orchestration.tables import TABLES
from pipeline.settings import load_settings
from pipeline.warehouse import Warehouse, sole_writer
from tests.running import python, verbatim

runner = CliRunner()
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]


def call(*arguments: object):
    return runner.invoke(app, [str(argument) for argument in arguments])


def test_help_answers_before_dagster_or_compiled_code_is_loaded() -> None:
    loaded = python(
        "import sys; from orchestration.cli.app import app; app(['--help'], prog_name='verbatim', standalone_mode=False); "
        "print(*({'dagster', 'dbt', 'numba', 'trafilatura'} & sys.modules.keys()), file=sys.stderr)"
    )
    assert "Usage: verbatim" in loaded.stdout
    assert loaded.stderr.strip() == ""


def test_the_help_lists_each_command_with_a_whole_sentence_and_the_version_is_shown() -> None:
    listed = call("--help").stdout.partition("Commands:")[2].strip().splitlines()
    assert [line.split()[0] for line in listed] == [
        "run",
        "search",
        "compare",
        "sql",
        "status",
        "show",
        "export",
        "extract",
        "ui",
        "doctor",
        "report",
        "fix",
    ]
    assert all(line.endswith(".") and not line.endswith("...") for line in listed)
    assert call("--version").stdout == f"verbatim {version('verbatim')}\n"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_has_help(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None), parameter.name


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "nowhere/at/all", "--data", "{tmp}"], "nowhere/at/all: no such file or folder"),
        (["run", "nowhere/*.txt", "--data", "{tmp}"], "nowhere/*.txt: no such file or folder"),
        (["run", "{tmp}", "--data", "{tmp}"], "no files in it"),
        (["run", "--data", "{tmp}"], "no files in it"),
        (["run", "--pages", "--data", "{tmp}"], "--pages goes with --feed"),
        (["sql", "SELECT 1", "--data", "{tmp}"], "no warehouse"),
        (["sql", "SELECT 1", "--format", "parquet", "--data", "{tmp}"], "give a file with --output"),
        (["status", "--data", "{tmp}"], "no warehouse"),
        (["show", "x", "--data", "{tmp}"], "no warehouse"),
        (["export", "{tmp}/out", "--data", "{tmp}"], "no warehouse"),
        (["extract", "nowhere.jsonl"], "nowhere.jsonl: no such file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_error_the_user_can_fix_is_one_line_and_status_2(tmp_path: Path, arguments: list[str], says: str) -> None:
    result = call(*(argument.format(tmp=tmp_path) for argument in arguments))
    assert result.exit_code == 2
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_folder_in_use_is_named(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text("A story.")
    with sole_writer(tmp_path / ".lock"):
        result = call("run", "--data", tmp_path)
    assert result.exit_code == 2
    assert "another run is writing" in result.stderr


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    (tmp_path / "verbatim.toml").write_text("colour = 1")
    result = call("status", "--data", tmp_path)
    assert result.exit_code == 2
    assert "unknown setting 'colour'" in result.stderr


def test_a_pattern_names_the_files_it_matches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt", "c.html"):
        (tmp_path / name).write_text("words")
    monkeypatch.chdir(tmp_path)
    assert globbed("*.txt") == [Path("a.txt"), Path("b.txt")]
    assert globbed(str(tmp_path / "**" / "*.html")) == [tmp_path / "c.html"]


QUERY = "SELECT source_id, aliases FROM (SELECT 'north' AS source_id, ['N', 'Nth'] AS aliases)"


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("csv", 'source_id,aliases\nnorth,"[""N"", ""Nth""]"\n'),
        ("json", '[{"source_id":"north","aliases":["N","Nth"]}]\n'),
    ],
)
def test_answers_can_be_text(sample_data: Path, format: str, expected: str) -> None:
    assert call("sql", QUERY, "--format", format, "--data", sample_data).stdout == expected


def test_answers_can_be_files(sample_data: Path, tmp_path: Path) -> None:
    call("sql", QUERY, "--format", "parquet", "--output", tmp_path / "a.parquet", "--data", sample_data)
    call("sql", QUERY, "--format", "table", "--output", tmp_path / "a.txt", "--data", sample_data)
    assert pl.read_parquet(tmp_path / "a.parquet").rows() == [("north", ["N", "Nth"])]
    assert "north" in (tmp_path / "a.txt").read_text()


def test_a_program_is_given_csv(sample_data: Path) -> None:
    assert call("sql", QUERY, "--data", sample_data).stdout == 'source_id,aliases\nnorth,"[""N"", ""Nth""]"\n'


def test_the_shell_can_complete_commands() -> None:
    shown = verbatim("--show-completion", "bash")
    assert "_VERBATIM_COMPLETE" in shown.stdout


def test_a_wrong_query_is_one_line(sample_data: Path) -> None:
    result = call("sql", "SELECT nothing FROM core.quotes", "--data", sample_data)
    assert result.exit_code == 2
    assert "nothing" in result.stderr


def test_a_query_cannot_write(sample_data: Path) -> None:
    assert call("sql", "DELETE FROM core.quotes", "--data", sample_data).exit_code == 2


def test_status_shows_runs_rows_and_rejects(sample_data: Path) -> None:
    shown = call("status", "--data", sample_data).stdout
    for part in ("SUCCESS", "marts.quote_coverage", "malformed_record"):
        assert part in shown


def test_show_prints_the_page_with_what_was_removed_and_why(sample_data: Path) -> None:
    shown = call("show", "quill-wins-recount.html", "--data", sample_data).stdout
    assert "navigation Front page" in shown
    assert "                Gov. Lenora Quill" in shown.replace("\n", " ")
    several = call("show", "recount", "--data", sample_data)
    assert several.exit_code == 2
    assert "name one by its id" in several.stderr


TEXT = (
    "“We will rebuild the bridge before winter,” said Ada Brook, the mayor of Averley.\n"
    "Ms Brook called the delay “a disgrace to the whole county”."
)


def lines_out(documents: list[object], *options: str) -> list[dict]:
    given = "\n".join(d if isinstance(d, str) else json.dumps(d) for d in documents)
    return [json.loads(line) for line in verbatim("extract", *options, stdin=given.encode()).stdout.splitlines()]


def test_the_filter_gives_one_line_for_each_document_in_order_with_offsets_into_the_text_given() -> None:
    documents: list[object] = [{"doc_id": f"d{number}", "text": TEXT + "\n" * (number % 3)} for number in range(300)]
    out = lines_out(documents, "--as-is", "--workers", "2")
    assert [line["doc_id"] for line in out] == [f"d{number}" for number in range(300)]
    for line, document in zip(out, documents, strict=True):
        assert line["text"] == document["text"]  # type: ignore[index]
        for span in line["quotes"] + line["entities"]:
            assert line["text"][span["start"] : span["end"]] == span["text"]
    first = next(quote for quote in out[0]["quotes"] if quote["type"] == "direct")
    assert (first["speaker"], first["speaker_canonical"], first["cue"]) == ("Ada Brook", "Ada Brook", "said")


def test_the_filter_cleans_what_is_not_clean() -> None:
    page = f"<html><head><title>Bridge</title></head><body><nav>Home</nav><article><h1>Bridge</h1><p>{TEXT}</p></article></body></html>"
    line = lines_out([{"doc_id": "page", "html": page, "published": "2026-09-07"}])[0]
    assert "Home" not in line["text"]
    assert "rebuild the bridge" in line["text"]
    assert line["published"] == "2026-09-07"
    assert line["language"] == "en"


def test_the_filter_knows_the_lists_of_the_data_folder(tmp_path: Path) -> None:
    document = {"doc_id": "a", "text": TEXT, "url": "https://www.karsundlantern.example/a"}
    assert lines_out([document], "--data", str(tmp_path))[0]["source"] == "karsundlantern.example"
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "outlets.csv").write_text("name,domains\nThe Karsund Lantern,karsundlantern.example\n")
    assert lines_out([document], "--data", str(tmp_path))[0]["source"] == "The Karsund Lantern"


def test_a_page_is_shown_as_the_lists_of_the_data_folder_have_it(tmp_path: Path, own_lists: Path) -> None:
    """The desk "Marlow Penn" reads like a person: only the user's list says that the line is not an author's name."""
    page = (
        '<html><head><title>Bridge</title><meta name="author" content="Marlow Penn"></head><body><article><h1>Bridge</h1>'
        f"<p>{TEXT}</p><p>Marlow Penn</p><p>The council votes on the money on Friday, and the ferry runs until then.</p></article></body></html>"
    )
    settings = load_settings(tmp_path)
    warehouse = Warehouse(settings.published, TABLES)
    warehouse.prepare()
    with warehouse.transaction() as transaction:
        given = documents_frame({1: {"html": page}})
        batch = extract_articles(given)
        transaction.insert(DOCUMENTS, given)
        transaction.insert(ARTICLES, batch.articles)
        transaction.insert(SOURCES, batch.article_sources.select(SOURCES.column_names))
    as_body_line = f"{'':>14} Marlow Penn\n"
    assert as_body_line not in call("show", "Bridge", "--data", tmp_path).stdout
    (own_lists / "outlets.csv").write_text("name\nMarlow Penn\n")
    assert as_body_line in call("show", "Bridge", "--data", tmp_path).stdout


def test_a_line_that_cannot_be_used_says_why_in_its_place() -> None:
    out = lines_out([{"doc_id": "a", "text": TEXT}, "not json", {"doc_id": "b"}, '"text"'], "--as-is")
    assert ["error" in line for line in out] == [False, True, True, True]
    assert out[2]["doc_id"] == "b"
    assert "line 2" in out[1]["error"]
