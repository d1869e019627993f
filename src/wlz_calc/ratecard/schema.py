"""The JSON Schema of a rate card, by which editors complete its keys and underline what is wrong.

Made from the models, so that it cannot say otherwise. It is what an editor can check while one types; the sum
of the shares, the order of windows and the like are only checked when the card is read.
"""

import json
from typing import Any, Final

from wlz_calc.ratecard.card import Card

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
ID: Final = "urn:wlz-calc:rate-card"
TITLE: Final = "Rate card of an outcomes contract"
NULL: Final = {"type": "null"}


def schema() -> dict[str, Any]:
    """The schema of a card as YAML is typed by an editor: numbers as numbers, dates as texts."""
    made = _tidy(Card.model_json_schema(by_alias=True))
    about = {"title": TITLE, "description": "The dated terms of one version of a contract."}
    return {"$schema": DIALECT, "$id": ID, **made, **about}


def text() -> str:
    """The schema as it is written to a file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _tidy(node: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Without what only Python needs: a key is left out, never null, and names need no titles."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _tidy(item) for key, item in node.items() if not _is_for_python(key, item)}
    if "patternProperties" in kept:
        kept.setdefault("additionalProperties", False)
    return _single(kept)


def _is_for_python(key: str, item: object) -> bool:
    return (key == "title" and isinstance(item, str)) or (
        key == "default" and not isinstance(item, str | bool)
    )


def _single(node: dict[str, Any]) -> dict[str, Any]:
    """`x, or null` as `x`."""
    choices = [choice for choice in node.get("anyOf", ()) if choice != NULL]
    if len(choices) == len(node.get("anyOf", ())):
        return node
    rest = {key: item for key, item in node.items() if key != "anyOf"}
    return {**rest, **choices[0]} if len(choices) == 1 else {**rest, "anyOf": choices}
