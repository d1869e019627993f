"""What stands beside the cards is about the cards as they are: the schema, and the page on their fields."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from wlz_calc.ratecard import card, conditions, invoicing, schema, windows
from wlz_calc.ratecard.base import Terms
from wlz_calc.ratecard.measures import KINDS
from wlz_calc.read.cards import shipped

BESIDE = Path(__file__).parents[1] / "rate_cards"
MODELS = sorted(
    {
        model
        for room in (card, conditions, invoicing, windows)
        for model in vars(room).values()
        if isinstance(model, type) and issubclass(model, Terms) and model is not Terms
    },
    key=lambda model: model.__name__,
)
FIELDS = {field.alias or name for model in MODELS for name, field in model.model_fields.items()}
PAGE = (BESIDE / "README.md").read_text(encoding="utf-8")


# ---------------------------------------------------------------- the schema


class Editor(yaml.SafeLoader):
    """Types YAML as editors do (YAML 1.2): a number is a number, and a date is a text."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def typed(path: Path) -> object:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Editor)  # noqa: S506 - a SafeLoader


TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}


def complaints(value: object, node: dict[str, Any], at: str = "") -> Iterator[str]:
    """The places at which a value does not fit a schema: just those keywords that ours uses."""
    unknown = set(node) - KEYWORDS
    assert not unknown, unknown
    if "$ref" in node:
        yield from complaints(value, WHOLE["$defs"][node["$ref"].rpartition("/")[2]], at)
    for way in ("anyOf", "oneOf"):
        fitting = [choice for choice in node.get(way, []) if not list(complaints(value, choice, at))]
        if way in node and (not fitting or (way == "oneOf" and len(fitting) > 1)):
            yield at
    if not all(check(value, node[key]) for key, check in CHECKS.items() if key in node):
        yield at
    if isinstance(value, dict):
        yield from of_object(value, node, at)
    if isinstance(value, list):
        for n, item in enumerate(value):
            inner = node.get("prefixItems", [])[n : n + 1] or [node.get("items", {})]
            yield from complaints(item, inner[0], f"{at}.{n}")


def of_object(value: dict[str, Any], node: dict[str, Any], at: str) -> Iterator[str]:
    yield from (f"{at}.{key}" for key in node.get("required", []) if key not in value)
    for key, item in value.items():
        if list(complaints(key, node.get("propertyNames", {}))):
            yield f"{at}.{key}"
        named = [
            inner for pattern, inner in node.get("patternProperties", {}).items() if re.search(pattern, key)
        ]
        inner = node.get("properties", {}).get(key) or next(iter(named), node.get("additionalProperties", {}))
        if inner is False:
            yield f"{at}.{key}"
        else:
            yield from complaints(item, inner, f"{at}.{key}")


def is_type(value: object, name: str | list[str]) -> bool:
    names = [name] if isinstance(name, str) else name
    number = isinstance(value, bool) and "boolean" not in names
    return not number and any(isinstance(value, TYPES[n]) for n in names)


CHECKS: dict[str, Callable[[Any, Any], object]] = {
    "type": is_type,
    "enum": lambda value, allowed: value in allowed,
    "const": lambda value, allowed: value == allowed,
    "pattern": lambda value, pattern: not isinstance(value, str) or re.search(pattern, value),
    "minItems": lambda value, least: not isinstance(value, list) or len(value) >= least,
    "maxItems": lambda value, most: not isinstance(value, list) or len(value) <= most,
    "minProperties": lambda value, least: not isinstance(value, dict) or len(value) >= least,
}
KEYWORDS = {
    *CHECKS, "$ref", "$defs", "$schema", "$id", "title", "description", "default", "format", "anyOf", "oneOf",
    "properties", "patternProperties", "additionalProperties", "propertyNames", "required", "items",
    "prefixItems",
}  # fmt: skip
WHOLE = schema.schema()


def test_the_schema_beside_the_cards_is_the_one_of_the_models() -> None:
    assert (BESIDE / "schema.json").read_text(encoding="utf-8") == schema.text()


def test_the_schema_says_what_it_is() -> None:
    assert list(WHOLE)[:2] == ["$schema", "$id"]
    assert WHOLE["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert WHOLE["title"] == "Rate card of an outcomes contract"


@pytest.mark.parametrize("name", list(shipped()))
def test_a_shipped_card_fits_the_schema(name: str) -> None:
    assert list(complaints(typed(shipped()[name]), WHOLE)) == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("version: 1", "version: [1]", ".version"),
        ("version: 1", "vershion: 1", ".vershion"),
        ("title: West", "heading: West", ".title"),
        ("test: happened", "test: hapened", ".payments.sign_up.when"),
        ("measure: consent", "measure: consnt", ".payments.sign_up.when"),
        ("number: 1", "number: one", ".payments.sign_up.number"),
        ("  rbkc:", "  RBKC:", ".commissioners.RBKC"),
        ("{2016-11-01: 300.00", "{soon: 300.00", ".payments.sign_up.price"),
        ("price: 450.00", "price: {}", ".payments.engagement.price"),
        ("months: [0, 12]", "months: [0]", ".payments.engagement.window"),
        ("numbers: [4, 5, 6]", "numbers: []", ".payments.outcomes.numbers"),
        ("primary: teacher", "primary: pupil", ".informants.primary"),
        ("primary: teacher", "primry: teacher", ".informants.primry"),
        ("currency: GBP", "currency: EUR", ".currency"),
    ],
)
def test_an_editor_underlines_what_is_wrong(old: str, new: str, place: str, tmp_path: Path) -> None:
    text = shipped()["kensington-chelsea"].read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "card.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert place in list(complaints(typed(path), WHOLE))


def test_a_key_that_is_left_out_is_never_null() -> None:
    assert "null" not in json.dumps(WHOLE)


def test_the_schema_lists_the_measures_and_the_tests() -> None:
    text = json.dumps(WHOLE)
    assert all(f'"{measure}"' in text for measure in KINDS)
    tests_listed = {model["properties"].get("test", {}).get("const") for model in WHOLE["$defs"].values()}
    assert tests_listed - {None} == set(conditions.TESTS)


# ---------------------------------------------------------------- the page


def quoted() -> set[str]:
    """Every word that the page quotes."""
    return set(re.findall(r"[a-z_0-9.]+", " ".join(re.findall(r"`([^`]+)`", PAGE))))


def test_every_field_of_a_card_is_on_the_page() -> None:
    assert quoted() >= FIELDS


def test_every_measure_test_and_shipped_card_is_on_the_page() -> None:
    assert quoted() >= {*KINDS, *conditions.TESTS}
    assert all(f"`{name}`" in PAGE for name in shipped())


@pytest.mark.parametrize(
    "section",
    ["Dates", "As of", "Measures", "Readings", "Tests", "Status", "Award, price, share, line", "Claim"],
)
def test_every_section_that_the_program_cites_is_on_the_page(section: str) -> None:
    assert f"\n## {section}\n" in PAGE


def test_the_status_is_found_in_seven_steps() -> None:
    status = PAGE.partition("\n## Status\n")[2].partition("\n## ")[0]
    assert re.findall(r"^(\d)\. ", status, re.MULTILINE) == list("1234567")
