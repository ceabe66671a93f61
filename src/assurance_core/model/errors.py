"""One base error. An error is a value; text is one way of printing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from attrs import field, frozen


@frozen
class Fault:
    """One thing that is wrong, and what to do about it.

    Attributes:
        code: a word from the closed list in `CODES`.
        place: where: a file with line and column, a path in a document, an option.
        found: what stands there.
        expected: what should stand there.
        remedy: what to do next.
        excerpt: the line of the document with a caret under the place, if there is one.

    Example:
        >>> print(Fault("unknown-id", "--design", "'demo'", "an installed design", "run `list`"))
        error[unknown-id]: --design
          found:    'demo'
          expected: an installed design
          do:       run `list`
    """

    code: str = field()
    place: str
    found: str
    expected: str
    remedy: str
    excerpt: str = ""

    @code.validator
    def _known(self, _attribute: object, code: str) -> None:
        if code not in CODES:
            raise ValueError(f"{code!r} is not a diagnostic code: add it to CODES")

    def __str__(self) -> str:
        lines = [
            f"error[{self.code}]: {self.place}",
            f"  found:    {self.found}",
            f"  expected: {self.expected}",
            f"  do:       {self.remedy}",
        ]
        return "\n".join([*lines, *(f"  {line}" for line in self.excerpt.splitlines())])


class AssuranceError(Exception):
    """Everything this library raises on purpose: one or more faults.

    Attributes:
        faults: all faults found, not only the first.
    """

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


CODES = {
    "bad-band": "a band leaves a gap, overlaps or is out of order",
    "bad-condition": "a condition is incomplete or says two things",
    "bad-date": "a date or a period cannot be read",
    "bad-encoding": "a file is not text in UTF-8",
    "bad-level": "a level is not one of its scale",
    "bad-score": "a score is not a level of its statement",
    "bad-step": "a step cannot stand where it stands",
    "bad-syntax": "a file is not YAML, JSON or CSV",
    "bad-table": "a table's header or row cannot be read",
    "circular": "judgements or documents refer to each other in a circle",
    "conflict": "two edits change the same place",
    "contradiction": "the published outcome and the scores cannot both be right",
    "different-framework": "a design and an assessment have different frameworks",
    "duplicate": "something is given twice",
    "file": "a file cannot be read or written",
    "gap": "a profile gets no outcome",
    "mismatch": "a receipt does not replay to the same outcome",
    "missing": "something that is needed is not there",
    "missing-score": "a design needs a score that the assessment does not have",
    "namespace": "an id is outside the namespaces that its plugin declares",
    "no-change": "an edit leaves the document as it was",
    "no-choice": "nothing can be chosen, because several or none fit",
    "no-match": "an edit matches nothing",
    "not-proved": "what is declared of a design does not hold, or cannot be proved",
    "not-reproduced": "published outcomes are not reproduced as declared",
    "not-shipped": "a folder of documents is not in the wheel",
    "overlap": "dated designs or versions contradict each other",
    "plugin": "a plugin cannot be used",
    "render": "an outcome cannot be explained in every format",
    "too-deep": "a document is nested too deeply",
    "too-large": "a file or a number is too large",
    "unknown-format": "a document's format is not one of ours",
    "unknown-id": "an id names nothing",
    "unknown-key": "a key is not one that may stand here",
    "wrong-type": "a value is of the wrong kind",
    "yaml-feature": "a YAML feature that is not accepted here",
}


def nearest(word: str, known: Sequence[str]) -> str:
    """Return a remedy that names the nearest known word, or lists what is known.

    Example:
        >>> nearest("outstandng", ["good", "outstanding"])
        "did you mean 'outstanding'?"
        >>> nearest("x", ["good", "bad"])
        'use one of: good, bad'
        >>> nearest("25", ["0", "5", "10"])
        'use one of: 0, 5, 10'

        >>> nearest("05", ["0", "5", "10"])
        "did you mean '5'?"

    A year may be mistyped; a shorter number, such as a score, is the same number or just another.
    """
    if word.isdecimal() and len(word) < len("2024"):
        close = [one for one in known if one.isdecimal() and int(one) == int(word)]
    else:
        close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    if not known:
        return "nothing may stand here: remove it"
    shown = ", ".join(known[:12])
    return f"use one of: {shown}" + (f" and {len(known) - 12} more" if len(known) > 12 else "")
