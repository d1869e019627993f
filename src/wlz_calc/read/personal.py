"""Headings under which something personal may be expected, from which no id of a child may come."""

import re
from typing import Final

from wlz_calc.read.spelling import plain

WORDS: Final = frozenset(
    {"name", "firstname", "surname", "lastname", "forename", "forenames", "dob", "birth", "birthday", "upn"}
    | {"address", "postcode", "email", "phone", "telephone", "mobile"}
)
KEYED: Final = frozenset({"hash", "hashed", "hmac", "pseudonym", "pseudonymous", "pseudonymised"})
"""Words that say that an id was made of what is personal, and no longer is."""


def is_personal(heading: str) -> bool:
    """Whether a word of a heading says so: `First Name`, `firstName`, `Child UPN`."""
    return not WORDS.isdisjoint(_words(heading))


def is_personal_id(heading: str) -> bool:
    """Whether an id under this heading would be personal itself; a `UPN hash` is not."""
    return is_personal(heading) and KEYED.isdisjoint(_words(heading))


def _words(heading: str) -> list[str]:
    return re.findall("[a-z]+", plain(heading))
