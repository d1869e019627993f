"""What may be said of invoices, on a card and in wlz.yaml; and what is said of what may not."""

from pathlib import Path

import pytest

from tests.sound_folder import Folder, wlz_calc

OUTSIDE = "{vat: {treatment: outside_scope}}"
BOTH = f"invoicing: {{brent: {{council: {OUTSIDE}, school: {OUTSIDE}}}}}"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize(
    ("said", "code", "found"),
    [
        (
            "{counsil: {}}",
            "card-value",
            "found `counsil`; expected council or school (did you mean council?)",
        ),
        (
            "{council:ark: {}}",
            "card-value",
            "found `council:ark`; expected council, which is one commissioner",
        ),
        ("{'school:': {}}", "card-value", "found `school:`; expected school, or school:CODE"),
        ("{council: {order: PO-1}}", "card-unknown-key", "found `order`"),
        ("{council: {purchase_order_required: yes}}", "card-value", "found `yes`; expected true or false"),
        ("{council: {address: []}}", "card-value", "found none; expected at least one"),
        ("{council: {vat: {rate: 0.20}}}", "card-missing-key", "found no treatment; expected treatment"),
        ("{council: {vat: {treatment: full}}}", "card-value", "found `full`; expected standard, reduced"),
        (
            "{council: {vat: {treatment: standard}}}",
            "card-missing-key",
            "found no rate; expected rate, as the treatment is standard",
        ),
        (
            "{council: {vat: {treatment: exempt, rate: 0.20}}}",
            "card-value",
            "found a rate; expected no rate, as the treatment is exempt",
        ),
        (
            "{council: {vat: {treatment: reduced, rate: {2017-01-01: 0.05, 2018-01-01: 5}}}}",
            "card-value",
            "found `5`; expected a rate above 0 and below 1, such as 0.20",
        ),
        (
            "{council: {vat: {treatment: reduced, rate: 0}}}",
            "card-value",
            "found `0`; expected a rate above 0",
        ),
    ],
)
def test_what_a_card_may_not_say(said: str, code: str, found: str, folder: Folder) -> None:
    folder.add("brent.yaml", f"invoicing: {said}")
    out = folder.check().out
    assert f"error {code}: " in out
    assert found in out


@pytest.mark.parametrize(
    ("said", "code", "found"),
    [
        ("invoicing: {camden: {}}", "folder-value", "found `camden`; expected brent"),
        (
            "invoicing: {brent: {counsil: {}}}",
            "folder-value",
            "expected council or school (did you mean council?)",
        ),
        (
            "invoicing: {brent: {council: {vat: {treatment: standard}}}}",
            "folder-missing-key",
            "expected rate, as the treatment is standard",
        ),
        ("supplier: {vat: 1}", "folder-unknown-key", "expected address, vat_number or company_number"),
    ],
)
def test_what_wlz_yaml_may_not_say(said: str, code: str, found: str, folder: Folder) -> None:
    folder.add("wlz.yaml", said)
    out = folder.check().out
    assert f"error {code}: " in out
    assert found in out


def test_it_may_say_of_every_commissioner_how_vat_is_charged(folder: Folder) -> None:
    folder.add("wlz.yaml", BOTH)
    assert folder.check().code == 0
    assert folder.check().out == ""


def test_once_anything_is_said_vat_is_of_every_commissioner_that_pays(folder: Folder) -> None:
    folder.add("wlz.yaml", f"invoicing: {{brent: {{school:ark: {OUTSIDE}}}}}")
    said = folder.check()
    assert said.code == 1
    assert "`council` of brent" in said.out
    assert "`school:phoenix` of brent" in said.out
    assert "`school:ark`" not in said.out


def test_who_never_pays_needs_none(folder: Folder) -> None:
    folder.replace(
        "brent.yaml", ("share: 0.80", "share: 1"), ("share: 0.20", "share: 0"), ("times: 3", "times: 1")
    )
    folder.add("wlz.yaml", f"invoicing: {{brent: {{council: {OUTSIDE}}}}}")
    assert folder.check().code == 0


def test_other_contracts_need_none(folder: Folder) -> None:
    other = folder.read("brent.yaml").replace("contract: brent", "contract: camden")
    folder.write("camden.yaml", other)
    folder.replace("wlz.yaml", ("[brent.yaml]", "[brent.yaml, camden.yaml]"))
    folder.replace("extracts/children.csv", ("002,brent,", "002,camden,"))
    folder.add("wlz.yaml", BOTH)
    assert "invoice-" not in folder.check().out
    invoiced = folder.pay("--from-start", "--format", "json")
    assert invoiced.code == 0
    assert '"number": "brent-2018-Q1-' in invoiced.out
    assert '"number": "camden-2018-Q1-' not in invoiced.out


@pytest.mark.parametrize(("supplier", "code"), [("", 1), ("{}", 1), ("{vat_number: GB1}", 0)])
def test_vat_is_charged_under_a_number(supplier: str, code: int, folder: Folder) -> None:
    charged = "{vat: {treatment: reduced, rate: 0.05}}"
    folder.add("wlz.yaml", f"invoicing: {{brent: {{council: {charged}, school: {OUTSIDE}}}}}")
    if supplier:
        folder.add("wlz.yaml", f"supplier: {supplier}")
    said = folder.check()
    assert said.code == code
    assert ("invoice-no-vat-number" in said.out) == bool(code)


def test_a_school_that_nobody_knows_is_warned_of_once(folder: Folder) -> None:
    folder.add("brent.yaml", f"invoicing: {{school:arc: {OUTSIDE}}}")
    folder.add("wlz.yaml", BOTH.replace("school:", "'school:arc': {cost_code: A}, school:"))
    said = folder.check()
    assert said.code == 0
    assert said.out.count("found `school:arc`; expected a code that the register has under brent") == 1


def test_what_a_card_says_of_invoices_is_compared_and_rewrites_nothing(folder: Folder) -> None:
    folder.write("newer.yaml", folder.read("brent.yaml").replace("version: 1", "version: 2"))
    folder.add("newer.yaml", "invoicing: {council: {cost_code: A1, vat: {treatment: zero}}}")
    said = wlz_calc("cards", "diff", str(folder.path / "brent.yaml"), str(folder.path / "newer.yaml"))
    assert "invoicing.council.cost_code" in said.out
    assert "rewrites" not in said.out
