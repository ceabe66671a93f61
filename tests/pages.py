"""Reading pages of documentation in tests: their blocks, and what is shown of an output."""

import re
from collections.abc import Iterator

from attrs import frozen

_BLOCK = re.compile(r"^```(?P<kind>\S+).*\n(?P<text>(?:.*\n)*?)^```$", re.MULTILINE)
_CAPTION = re.compile(r":caption: (\S+)\n\n")


@frozen
class Block:
    """One block of a page.

    Attributes:
        kind: `console`, `python`, `text` …, or `file`.
        text: what stands in it.
        name: of a file: its name.
    """

    kind: str
    text: str
    name: str = ""


def blocks(page: str) -> Iterator[Block]:
    """Go through the blocks of a page; one with a caption is a file."""
    for found in _BLOCK.finditer(page):
        caption = _CAPTION.match(found["text"])
        if caption:
            yield Block("file", found["text"][caption.end() :], caption[1])
        else:
            yield Block(found["kind"], found["text"])


def commands(console: str) -> Iterator[tuple[str, str]]:
    """Go through the commands of a block, each with what is shown of its output."""
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


def assert_shows(shown: str, output: str) -> None:
    """Every part between the ellipses stands in the output, in the order in which it is shown."""
    rest = output
    for part in re.split(r"…\n?", shown):
        assert part in rest
        rest = rest[rest.index(part) + len(part) :]
