"""Files derived from the schemas are current."""

from orchestration.documentation import INTERMEDIATE, MARTS, generated_files
from pipeline.project import ROOT


def test_generated_files_are_as_the_schemas_say() -> None:
    stale = [
        str(path.relative_to(ROOT))
        for path, content in generated_files().items()
        if not path.exists() or path.read_text(encoding="utf-8") != content
    ]
    assert stale == [], "run `make docs`"


def test_every_model_has_its_yaml_beside_it_with_a_unit_test() -> None:
    for model in [*INTERMEDIATE.glob("*.sql"), *MARTS.glob("*.sql")]:
        described = model.with_suffix(".yml")
        assert described.exists(), f"{model.name} has no YAML"
        assert "unit_tests:" in described.read_text(encoding="utf-8"), f"{model.name} has no unit test"
