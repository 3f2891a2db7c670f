"""The exported tables: they read back as they are in the warehouse, describe themselves, and are the same bytes each time."""

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from orchestration.export.descriptor import TYPES
from orchestration.export.package import CODEBOOK, DESCRIPTOR, UnknownTableError, chosen
from orchestration.export.relations import relations
from tests.running import published, verbatim

TABLES = relations()
NAMES = [relation.name for relation in TABLES]
FORMATS = ("parquet", "csv", "jsonl")


@pytest.fixture(scope="module")
def exports(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    for format in FORMATS:
        written = verbatim("export", folder / format, "--format", format, data=sample_data)
        assert written.returncode == 0, written.stderr
    return folder


def package_of(folder: Path) -> dict[str, Any]:
    return json.loads((folder / DESCRIPTOR).read_bytes())


def stored(data: Path, name: str) -> pl.DataFrame:
    key = next(relation.key for relation in TABLES if relation.name == name)
    return published(data, f"FROM {name} ORDER BY " + ", ".join(f'"{column}"' for column in key))


def test_every_column_of_every_table_and_mart_is_declared(sample_data: Path) -> None:
    for relation in TABLES:
        schema = published(sample_data, f"DESCRIBE {relation.name}")
        declared = [(field.name, field.type) for field in relation.fields]
        assert declared == list(zip(schema["column_name"], schema["column_type"], strict=True)), relation.name


@pytest.mark.parametrize("name", NAMES)
def test_parquet_reads_back_as_it_was(exports: Path, sample_data: Path, name: str) -> None:
    assert pl.read_parquet(exports / "parquet" / f"{name}.parquet").equals(stored(sample_data, name))


@pytest.mark.parametrize("name", NAMES)
def test_csv_reads_back_by_what_the_descriptor_says(exports: Path, sample_data: Path, name: str) -> None:
    resource = next(r for r in package_of(exports / "csv")["resources"] if r["name"] == name)
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    cells = pl.read_csv(exports / "csv" / resource["path"], infer_schema=False).with_columns(pl.all().fill_null(""))
    read = cells.with_columns(
        pl.when(pl.col(name) != "").then(pl.col(name)).alias(name)
        for name in cells.columns
        if fields[name].get("missingValues", [""]) == [""]
    )
    expected = stored(sample_data, name)
    for column, kind in expected.schema.items():
        assert typed(read[column], kind).equals(expected[column]), column


def typed(cells: pl.Series, kind: pl.DataType) -> pl.Series:
    if kind == pl.List(pl.String):
        return pl.Series(cells.name, [json.loads(cell) for cell in cells], dtype=kind)
    if kind == pl.Boolean:
        return cells.replace_strict({"true": True, "false": False}, return_dtype=pl.Boolean)
    if kind == pl.Datetime("us"):
        return cells.str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_unit="us")
    return cells.str.to_date() if kind == pl.Date else cells.cast(kind)


@pytest.mark.parametrize("name", NAMES)
def test_json_lines_read_back_as_it_was(exports: Path, sample_data: Path, name: str) -> None:
    expected = stored(sample_data, name)
    lines = (exports / "jsonl" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    for column, kind in expected.schema.items():
        values = pl.Series(column, [row[column] for row in rows], dtype=pl.String if kind.is_temporal() else kind)
        assert (typed(values, kind) if kind.is_temporal() else values).equals(expected[column]), column


def test_duckdb_opens_a_table_without_being_told_anything(exports: Path, sample_data: Path) -> None:
    for format in FORMATS:
        counted = duckdb.sql(f"SELECT count(*) FROM '{exports / format / f'core.quotes.{format}'}'").fetchone()
        assert counted == published(sample_data, "SELECT count(*) FROM core.quotes").row(0)


@pytest.mark.parametrize("format", FORMATS)
def test_the_descriptor_keeps_the_rules_of_its_profile(exports: Path, format: str) -> None:
    package = package_of(exports / format)
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert list(resources) == NAMES
    for name, resource in resources.items():
        assert re.fullmatch(r"[a-z0-9._-]+", name)
        content = (exports / format / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{sha256(content).hexdigest()}")
        schema = resource["schema"]
        fields = {field["name"]: field for field in schema["fields"]}
        assert all(field["type"] in TYPES.values() and field["description"] for field in fields.values())
        keys = [schema["primaryKey"]] if "primaryKey" in schema else schema["uniqueKeys"]
        assert all(set(key) <= fields.keys() for key in keys)
        for key in schema.get("foreignKeys", []):
            home = resources[key["reference"]["resource"] or name]["schema"]["fields"]
            assert set(key["fields"]) <= fields.keys()
            assert set(key["reference"]["fields"]) <= {field["name"] for field in home}


def test_what_the_descriptor_promises_of_the_rows_holds(exports: Path) -> None:
    folder = exports / "parquet"
    frames = {name: pl.read_parquet(folder / f"{name}.parquet") for name in NAMES}
    n_references = 0
    for resource in package_of(folder)["resources"]:
        frame, schema = frames[resource["name"]], resource["schema"]
        for field in schema["fields"]:
            column, constraints = frame[field["name"]], field.get("constraints", {})
            if constraints.get("required") or field.get("missingValues") == []:
                assert column.null_count() == 0, (resource["name"], field["name"])
            if "enum" in constraints:
                assert set(column.drop_nulls()) <= set(constraints["enum"]), (resource["name"], field["name"])
        if "primaryKey" in schema:
            assert not frame.select(schema["primaryKey"]).is_duplicated().any()
        for key in schema.get("foreignKeys", []):
            home = frames[key["reference"]["resource"] or resource["name"]][key["reference"]["fields"][0]]
            assert set(frame[key["fields"][0]].drop_nulls()) <= set(home), (resource["name"], key)
            n_references += 1
    assert n_references > 30


@pytest.mark.parametrize(
    ("column", "table", "home"),
    [
        ("core.quotes.speaker_id", "core.entities", "entity_id"),
        ("core.articles.agency_id", "core.sources", "source_id"),
        ("core.article_pairs.article_b", "core.articles", "article_id"),
        ("raw.duplicates.document_id", "raw.documents", "document_id"),
        ("marts.syndication.origin_article_id", "core.articles", "article_id"),
        ("marts.quote_coverage.outlet_id", "core.sources", "source_id"),
    ],
)
def test_references_are_those_of_the_schemas_and_of_dbt(column: str, table: str, home: str) -> None:
    name, _, field = column.rpartition(".")
    relation = next(relation for relation in TABLES if relation.name == name)
    assert [(r.table, r.home) for r in relation.references if r.column == field] == [(table, home)]


def test_a_mart_has_the_values_that_the_schema_declares() -> None:
    coverage = next(relation for relation in TABLES if relation.name == "marts.quote_coverage")
    values = {field.name: field.values for field in coverage.fields}
    assert values["relation"] == ("same", "fragment", "spelling", "variant", "reworded", "altered")
    quotes = next(relation for relation in TABLES if relation.name == "core.quotes")
    kinds = next(field.values for field in quotes.fields if field.name == "kind")
    assert values["kind"] == (*kinds, "uncredited"), "all that the schema allows there, and what the mart alone says"


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_warehouse_gives_the_same_bytes(exports: Path, sample_data: Path, tmp_path: Path, format: str) -> None:
    verbatim("export", tmp_path / "again", "--format", format, data=sample_data)
    first = {file.name: file.read_bytes() for file in (exports / format).iterdir()}
    assert {file.name: file.read_bytes() for file in (tmp_path / "again").iterdir()} == first


def test_the_codebook_says_what_each_column_is(exports: Path) -> None:
    text = (exports / "csv" / CODEBOOK).read_text(encoding="utf-8")
    for relation in TABLES:
        assert f"## {relation.name}\n" in text
        assert all(f"| `{field.name}` | " in text for field in relation.fields)
    assert "Refers to `core.entities.entity_id`." in text
    assert "belong to their publishers" in text


def test_title_and_licence_stand_in_descriptor_and_codebook(sample_data: Path, tmp_path: Path) -> None:
    given = ("--title", "The flood week", "--licence", "CC-BY-4.0", "--tables", "core.sources")
    assert verbatim("export", tmp_path / "x", *given, data=sample_data).returncode == 0
    package = package_of(tmp_path / "x")
    assert (package["title"], package["licenses"]) == ("The flood week", [{"name": "CC-BY-4.0"}])
    assert "Licence of the data: CC-BY-4.0." in (tmp_path / "x" / CODEBOOK).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("patterns", "names"),
    [
        (["core.quotes"], ["core.quotes"]),
        (["core.statements", "core.quotes"], ["core.quotes", "core.statements"]),
        (["raw.*", "raw.rejects"], ["raw.documents", "raw.duplicates", "raw.rejects"]),
        ([], NAMES),
    ],
    ids=str,
)
def test_tables_are_chosen_by_name_or_pattern(patterns: list[str], names: list[str]) -> None:
    assert [relation.name for relation in chosen(patterns)] == names


def test_a_table_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(UnknownTableError, match=r"core\.quote: there is no such table; there are raw\.documents"):
        chosen(["core.quotes", "core.quote"])


def test_references_to_tables_that_stay_behind_are_left_out(sample_data: Path, tmp_path: Path) -> None:
    verbatim("export", tmp_path / "two", "--tables", "core.quotes,core.articles", data=sample_data)
    quotes = next(r for r in package_of(tmp_path / "two")["resources"] if r["name"] == "core.quotes")
    assert [key["reference"]["resource"] for key in quotes["schema"]["foreignKeys"]] == ["core.articles"]


def test_an_earlier_export_is_replaced_only_when_asked_and_other_files_stay(sample_data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    verbatim("export", folder, "--tables", "core.quotes", data=sample_data)
    (folder / "notes.txt").write_text("mine")
    refused = verbatim("export", folder, "--tables", "core.sources", data=sample_data)
    assert (refused.returncode, "is not empty" in refused.stderr) == (2, True)
    verbatim("export", folder, "--tables", "core.sources", "--overwrite", data=sample_data)
    assert {file.name for file in folder.iterdir()} == {CODEBOOK, DESCRIPTOR, "core.sources.parquet", "notes.txt"}


def test_without_text_no_run_of_words_outside_quotations_and_headlines_is_left(
    sample_data: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    done = verbatim("export", folder, "--no-text", "--format", "jsonl", data=sample_data)
    assert done.returncode == 0, done.stderr
    articles = published(sample_data, "SELECT article_id, body FROM core.articles")
    quoted = published(sample_data, 'SELECT article_id, start, "end" FROM core.quotes')
    own: set[str] = set()
    for article_id, body in articles.iter_rows():
        kept = list(body)
        for start, end in quoted.filter(article_id=article_id).select("start", "end").iter_rows():
            kept[start:end] = "|" * (end - start)
        for part in "".join(kept).split("|"):
            words = part.split()
            own.update(" ".join(words[at : at + 14]) for at in range(len(words) - 13))
    assert own
    told = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.jsonl"))
    plain = " ".join(told.replace("\\n", " ").replace('\\"', '"').split())
    assert [run for run in own if run in plain] == []
    assert "Without the text of articles." in (folder / "datapackage.json").read_text(encoding="utf-8")


def test_annotations_need_the_texts(sample_data: Path, tmp_path: Path) -> None:
    refused = verbatim("export", tmp_path / "out", "--no-text", "--format", "annotations", data=sample_data)
    assert (refused.returncode, "annotations point into the texts" in refused.stderr) == (2, True)
