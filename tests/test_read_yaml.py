"""YAML that is no YAML, or not for everybody: what the two loaders of PyYAML make of it is one refusal."""

import pytest
import yaml

from wlz_calc.read import strictyaml


def refusals(content: str) -> list[tuple[str, int | None, str | None, str, str]]:
    document, found = strictyaml.parse(content.encode(), "x.yaml", "folder")
    assert (document is None) == bool(found)
    return [(f.code, f.where.row, f.where.column, f.found, f.expected) for f in found]


@pytest.fixture(params=["in C", "in Python"])
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML is not built with its loader in C everywhere."""
    if request.param == "in Python":
        monkeypatch.setattr(strictyaml, "_FAST", yaml.BaseLoader)


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize(
    ("content", "line", "column", "found", "expected"),
    [
        pytest.param(
            "a: 1\nb: *important*\n",
            *(2, "14", "`b: *important*`"),
            "quotes around a text that begins with `*` or `&`",
            id="a text between stars",
        ),
        pytest.param(
            "a: 1\nb: *important\n",
            *(2, "4", "`b: *important`"),
            "quotes around a text that begins with `*`, or its anchor above it",
            id="a text that begins as an alias does",
        ),
        pytest.param(
            "a: &x 1\nb: &x 2\n",
            *(2, "4", "`b: &x 2`"),
            "a name of its own for each anchor",
            id="an anchor twice",
        ),
        pytest.param(
            "a: [1, 2\n", 2, "1", "the end of the file", "a comma, or the closing bracket", id="a bracket"
        ),
        pytest.param("a: 'x\n", 2, "1", "the end of the file", "the closing quote", id="a quotation mark"),
        pytest.param("a: 1\n\tb: 2\n", 2, "1", "`b: 2`", "spaces to indent with, not a tab", id="a tab"),
    ],
)
def test_what_is_no_yaml(content: str, line: int, column: str, found: str, expected: str) -> None:
    assert refusals(content) == [("folder-syntax", line, column, found, expected)]


@pytest.mark.usefixtures("_loader")
def test_what_is_said_before_a_fault_counts_too() -> None:
    assert [found[:4] for found in refusals("a: !!str 1\n---\nb: [\n")] == [
        ("folder-plain", 1, "4", "`tag:yaml.org,2002:str`"),
        ("folder-plain", 2, "1", "`---`"),
        ("folder-syntax", 4, "1", "the end of the file"),
    ]


@pytest.mark.skipif(not hasattr(yaml, "CBaseLoader"), reason="PyYAML was built without its loader in C")
@pytest.mark.parametrize("content", ["b: [? , 2]\n", "a: 1\n\ufeffb: 2\n"])
def test_what_only_one_of_the_loaders_takes_is_refused(content: str) -> None:
    assert list(yaml.parse(content, Loader=yaml.BaseLoader))
    [(code, _, _, _, expected)] = refusals(content)
    assert code == "folder-syntax"
    assert expected


def test_an_error_without_a_place_is_one_of_the_file() -> None:
    fault = strictyaml._syntax(yaml.MarkedYAMLError(problem="trouble"), "a: 1\n")
    found = fault.finding("x.yaml", "folder")
    assert (str(found.where), found.found, found.expected) == ("x.yaml", "the end of the file", "valid YAML")
