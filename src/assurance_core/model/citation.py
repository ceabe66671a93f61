"""Where a rule, a level, a date or a row comes from."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

SourceStatus = Literal["official", "secondary", "derived", "unconfirmed", "proposed", "assumed"]

STATUS_MEANING: dict[str, str] = {
    "official": "the regulator's or the law's own page",
    "secondary": "press, a law firm, a council",
    "derived": "worked out from published data, not stated",
    "unconfirmed": "seen, but not confirmed by the regulator",
    "proposed": "somebody's option, not a rule in force",
    "assumed": "our assumption",
}


@frozen
class Citation:
    """A source, with how far it can be relied on.

    Attributes:
        title: what it is.
        status: official, secondary, derived, unconfirmed, proposed or assumed.
        link: where to read it, if it is on the web.
        date: when it was published, as written.
        author: who proposed it, for proposals.
        note: what to know about it.
    """

    title: str
    status: SourceStatus
    link: str = ""
    date: str = ""
    author: str = ""
    note: str = ""
    id: str = ""
