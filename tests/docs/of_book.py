"""The book: what a sealed quarter holds, and what is printed of it, with what it means."""

from typing import Final

from tests.docs.answers import made
from tests.docs.markdown import described, table, told
from tests.docs.of_outputs import CLAIM
from wlz_calc import frames
from wlz_calc.claims import sealed

FILES: Final = {
    sealed.SUMS: "the digest of each file here: `sha256sum -c` checks them without this tool",
    "approval/SHA256SUMS": "the digest of the approval",
    "approval/approval.json": "the word of a second person, once there is one",
    sealed.BESIDE: "what stood beside the claim",
    "card-1.yaml": "each rate card as it was, by its version",
    sealed.CLAIM: "what the claim is; its digest is that of the claim",
    sealed.DECISIONS: "every decision behind it, in the columns of decisions, with the figures",
    sealed.BLOCKS: "digests of runs of lines, so that it can be told which line was changed",
    sealed.LINES: "its lines, the opening balance among them",
    sealed.REGISTER: "the children of the contract, as the register had them",
}
STATEMENT: Final = {
    "format": "the version of this form",
    "contract": "the contract",
    "quarter": "the quarter",
    "as_of": "its last day",
    "provider": "who claims",
    "closed_by": "who closed it",
    "closed_on": "when",
    "previous": "the digest of the claim before",
    "previous_approval": "the digest of its approval",
    "not_approved": "earlier quarters that nobody had approved",
    "withdrawn": "the digests of claims that were taken back since",
    "from_start": "whether the opening balance was claimed, too",
    "total": "pounds: what is claimed",
    "opening": "pounds: the opening balance",
    "kinds": "lines and pounds of each kind of line",
    "commissioners": "lines and pounds of each commissioner",
    "set_aside": "how many rows were left out",
    "accepted_register_changes": "changes of the register that were said to be meant",
    "illustrative": "the terms that no public source states",
    "cards": "the rate cards: `version`, `file` and `sha256`",
    "provenance": "the version of the tool, and every file that it was made from",
    "sha256": "the digest of each file beside it",
}
APPROVED: Final = {
    "approves": "the digest of the claim",
    "by": "who approved it",
    "on": "when",
}
REGISTER: Final = {
    "contract": "the contract",
    "child_id": "the child",
    "school": "the code of its school",
    "authority": "the code of its authority",
    "year_group": "its year group at joining",
    "joined_on": "its first day",
    "consent_on": "when it agreed to take part",
    "left_on": "its last day, if it left early",
}
BESIDE: Final = {
    "parties": "who pays: `commissioner`, `name`, `detail`",
    "cut": CLAIM["cut"],
    "unfunded": CLAIM["unfunded"],
    "held": CLAIM["held"],
    "not_yet": CLAIM["not_yet"],
    "aside": CLAIM["set_aside"],
    "causes": CLAIM["causes"],
    "changes": CLAIM["register_changes"],
    "warnings": "the warnings, in parts",
}


def files() -> str:
    """The files of a sealed quarter."""
    rows = [(f"`{name}`", meaning) for name, meaning in told(FILES, made().book, "the book")]
    return table(["file", "it holds"], rows)


def statement() -> str:
    """The keys of `claim.json`."""
    return described(made().book[sealed.CLAIM], STATEMENT, sealed.CLAIM)


def approval() -> str:
    """The keys of `approval.json`."""
    return described(made().book["approval/approval.json"], APPROVED, "approval.json")


def register() -> str:
    """The columns of `register.csv`."""
    return described(frames.REGISTER, REGISTER, sealed.REGISTER)


def beside() -> str:
    """The keys of `beside.json`."""
    return described(made().book[sealed.BESIDE], BESIDE, sealed.BESIDE)


# ---------------------------------------------------------------- looking at the book

POSITIONS: Final = {
    "contract": "the contract",
    "claims": "its sealed quarters: who closed and approved them, lines, pounds and digest",
    "limits": "what was claimed to date against each limit: `claimed`, `limit`, `left`, in pounds",
    "commissioners": "the same against each commitment",
    "withdrawn": "quarters that were taken back",
    "match": "the match: what was charged to the one (`own`) and to the others, and whether it is `kept`",
}
RECONCILED: Final = {
    "as_of": "the day as of which was asked",
    "tolerance": "pounds: by how much a row may differ",
    "outside": "how many rows differ by more",
    "rows": "by contract, commissioner and quarter: pounds `claimed`, `paid`, `difference`, and `days` since",
}
BRIDGE: Final = {
    "from": "the quarter that it starts at the end of",
    "to": "the one that it ends with",
    "provisional": "whether that one is not closed",
    "contracts": "pounds claimed `before` and `after`, by contract",
    "steps": "lines and pounds between them, by commissioner, quarter, `kind` and `cause`",
}


def positions() -> str:
    """The keys of the list of sealed quarters."""
    return described(made().printed["positions"][0], POSITIONS, "positions")


def reconciled() -> str:
    """The keys of claims beside payments."""
    return described(made().printed["reconciled"], RECONCILED, "reconciled")


def bridge() -> str:
    """The keys of the bridge."""
    return described(made().printed["bridge"], BRIDGE, "bridge")
