"""What can be found in the terms of a programme: its `wlz.yaml`, and its rate cards."""

from typing import Final

from wlz_calc.finding import Meaning, Severity, Stage


def _folder(title: str, why: str, fix: str) -> Meaning:
    return Meaning(Stage.FOLDER, Severity.ERROR, title, why, fix)


def _card(title: str, why: str, fix: str) -> Meaning:
    return Meaning(Stage.CARDS, Severity.ERROR, title, why, fix)


_FOLDER: Final[dict[str, Meaning]] = {
    "folder-missing": _folder(
        "The programme folder is not there",
        "Every command works on one folder; a wrong one would be another programme.",
        "Give the path of the folder that holds wlz.yaml.",
    ),
    "folder-no-config": _folder(
        "The folder has no wlz.yaml",
        "wlz.yaml says on which rate cards the programme is paid.",
        "Add one; `rate_cards: [NAME]` is enough.",
    ),
    "folder-unreadable": _folder(
        "wlz.yaml cannot be read",
        "Without it nobody knows which terms apply.",
        "Check that it is a file, and that you are allowed to read it.",
    ),
    "folder-encoding": _folder(
        "wlz.yaml is not UTF-8",
        "A path or heading with another character in it would name something else.",
        "In the editor, save it with the encoding UTF-8.",
    ),
    "folder-empty": _folder(
        "wlz.yaml is empty",
        "It must at least say on which rate cards the programme is paid.",
        "Write `rate_cards: [NAME]` into it.",
    ),
    "folder-syntax": _folder(
        "wlz.yaml is not valid YAML",
        "A file that cannot be read with certainty is not read at all.",
        "Mend the line that is named, or the one above it.",
    ),
    "folder-plain": _folder(
        "wlz.yaml uses more than plain YAML",
        "Merge keys, tags and further documents make a file mean more than it shows.",
        "Write the values out where they are needed.",
    ),
    "folder-duplicate-key": _folder(
        "A key of wlz.yaml stands there twice",
        "Only one of the two could count, and nothing says which.",
        "Delete one of them.",
    ),
    "folder-unknown-key": _folder(
        "wlz.yaml has a key that means nothing",
        "What it was meant to say would be passed over in silence.",
        "Use one of the keys listed, or delete it.",
    ),
    "folder-missing-key": _folder(
        "wlz.yaml lacks a key",
        "Without it the programme cannot be read.",
        "Add the key that is named.",
    ),
    "folder-value": _folder(
        "A value in wlz.yaml cannot be used",
        "It is neither guessed at nor passed over.",
        "Write what is expected.",
    ),
    "folder-unknown-column": _folder(
        "wlz.yaml names a column that the extract does not have",
        "What was meant for it would be passed over in silence.",
        "Use a column of the extract, spelt just so.",
    ),
    "folder-column-twice": _folder(
        "A column would come from two places",
        "Only one of the two could be read, and nothing says which.",
        "Keep the one that is meant.",
    ),
    "folder-unknown-map": _folder(
        "wlz.yaml asks for a map that cannot be used",
        "A map says how the export of one system becomes one of our extracts.",
        "Name a map that is shipped for the extract, or say under `columns` what the headings mean.",
    ),
    "folder-personal-id": _folder(
        "A child would be known by personal data",
        "Ids are on every claim, which goes to people who must not see a name, a birthday or a UPN.",
        "Have the sender put a pseudonymous id there, such as a keyed hash of the UPN, made elsewhere.",
    ),
    "folder-two-files": _folder(
        "An extract is there twice, in two formats",
        "Only one of the two could be read, and nothing says which.",
        "Remove one, or list both under `extracts` in wlz.yaml if they are parts of it.",
    ),
    "folder-file-twice": _folder(
        "A file is listed twice",
        "All that it says would count twice.",
        "Take one of them out; two patterns may fit the same file.",
    ),
}

_FILE: Final[dict[str, Meaning]] = {
    "card-not-found": _card(
        "A rate card is not there",
        "Without the terms nothing is owed to anybody.",
        "Name a card that is shipped (`wlz-calc cards list`), or give a path; in wlz.yaml, from its folder.",
    ),
    "card-unreadable": _card(
        "A rate card, or the file of its cases, cannot be read",
        "Without the terms nothing is owed to anybody; without cases nothing shows that they are right.",
        "Check that it is a file that you may read. The cases of NAME.yaml stand in NAME.cases.yaml.",
    ),
    "card-encoding": _card(
        "A rate card is not UTF-8",
        "A name with another character in it would be another name.",
        "In the editor, save it with the encoding UTF-8.",
    ),
    "card-empty": _card(
        "A rate card is empty",
        "An empty card would pay nothing, and look as if nothing were owed.",
        "Start from a card that is shipped: `wlz-calc cards list`.",
    ),
    "card-syntax": _card(
        "A rate card is not valid YAML",
        "Terms that cannot be read with certainty are not read at all.",
        "Mend the line that is named, or the one above it.",
    ),
    "card-plain": _card(
        "A rate card uses more than plain YAML",
        "Terms must say what they mean where they stand; merge keys, tags and further documents do not.",
        "Write the values out where they are needed.",
    ),
    "card-duplicate-key": _card(
        "A key of a rate card stands there twice",
        "Only one of the two could count, and nothing says which.",
        "Delete one of them.",
    ),
}

_KEYS: Final[dict[str, Meaning]] = {
    "card-unknown-key": _card(
        "A rate card has a key that means nothing",
        "A term that is passed over in silence is a term that is not kept.",
        "Use one of the keys listed, or delete it.",
    ),
    "card-missing-key": _card(
        "A rate card lacks a key",
        "What the contract settles is not guessed.",
        "Add the key, with what the contract says.",
    ),
    "card-value": _card(
        "A value on a rate card cannot be used",
        "A slip in the terms would be paid to every child.",
        "Write what is expected.",
    ),
    "card-unknown-measure": _card(
        "A rate card uses a measure that is not known",
        "What cannot be computed cannot be paid on.",
        "Use one of the measures listed; a new one is made in the program, with cases to prove it.",
    ),
    "card-unknown-test": _card(
        "A rate card uses a test that is not known",
        "What cannot be decided cannot be paid on.",
        "Use one of the tests listed; what they cannot say becomes a measure of its own.",
    ),
    "card-test-measure": _card(
        "A test does not suit its measure",
        "A date has no rate and a count has no baseline: the result would mean nothing.",
        "Use a test that is made for the measure, or a measure that the test is made for.",
    ),
    "card-payment": _card(
        "A payment is neither a simple one nor one of outcomes",
        "It must be clear whether it is earned once, or once for each of several outcomes.",
        "Give it `number` and `when`, or `numbers` and `outcomes`.",
    ),
    "card-at-risk": _card(
        "It is not clear who is at risk",
        "Only a child who was at risk at the baseline can be paid for.",
        "Give one comparison with a number; or, for SDQ, a band and its scheme.",
    ),
    "card-at-risk-inside": _card(
        "at_risk stands inside all or any, or by itself",
        "A child who was never at risk is not eligible, which is neither met nor not met.",
        "Make it an outcome of its own, with a measure and a test beside at_risk.",
    ),
}

_TERMS: Final[dict[str, Meaning]] = {
    "card-shares": _card(
        "The shares do not add up to 1",
        "Part of every price would be charged to nobody, or charged twice.",
        "Correct the shares, on every date on which one of them changes.",
    ),
    "card-matching": _card(
        "A share is larger than its matching allows",
        "The contract promises that the others pay so many times as much.",
        "Lower the share, or correct `matching`.",
    ),
    "card-requires": _card(
        "A payment requires one that cannot be its gate",
        "A gate must be decided first, and by itself: it stands above and has no outcomes.",
        "Name a payment above it that has no outcomes.",
    ),
    "card-window": _card(
        "A window of dates does not work",
        "A change is measured from a baseline to an endpoint after it.",
        "Let each window end after it begins, and the endpoint's begin after the baseline's has ended.",
    ),
    "card-dated": _card(
        "A dated value begins too late",
        "There would be no value in force on a day on which one is needed.",
        "Add the value that was in force before, with its date.",
    ),
    "card-informant": _card(
        "The card does not say who completes the SDQ",
        "Parent, teacher and child give different scores, with different cut-offs.",
        "Add the phase under `informants`, with parent, teacher or self.",
    ),
    "card-band": _card(
        "An SDQ band is not published for this",
        "Cut-offs are never made up.",
        "Use a band that is listed, or a comparison with a number.",
    ),
    "card-survey": _card(
        "A survey is used that the card does not describe",
        "Without its range, and which way is better, no score can be checked or compared.",
        "Describe it under `surveys`: its range, and whether higher or lower is better.",
    ),
    "card-scale": _card(
        "Two scales have the same name",
        "A score would mean one thing for one child and another for the next.",
        "Give the card's own scale another name, or state the same scale on every card.",
    ),
    "card-limits-differ": _card(
        "Cards of one contract state different limits",
        "Limits and commitments are the contract's: what one card pays is gone for the others.",
        "State the same limits and commitments on every card of the contract.",
    ),
    "card-twice": _card(
        "Two cards are the same version of the same contract",
        "It must be clear by which terms a child was decided on.",
        "Remove one of them, or give the later terms the next version.",
    ),
}

TERMS: Final[dict[str, Meaning]] = _FOLDER | _FILE | _KEYS | _TERMS
"""Every code of wlz.yaml and of rate cards."""
