"""Which faults are put into a piece of code, and that no line moves."""

from textwrap import dedent

import pytest

from mutants.operators import Mutant, mutants_of

NAME = "src/demo.py"


def _edits(source: str) -> list[tuple[str, str, str]]:
    return [(one.operator, one.found, one.put) for one in mutants_of(NAME, dedent(source))]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("a = b < c", [("comparison", "b < c", "(b <= c)"), ("comparison", "b < c", "(b >= c)")]),
        ("a = b == c", [("comparison", "b == c", "(b != c)")]),
        ("a = b in c", [("comparison", "b in c", "(b not in c)")]),
        ("a = b and c", [("boolean", "b and c", "(b or c)")]),
        ("a = b + c", [("arithmetic", "b + c", "(b - c)")]),
        ("a = b // c", [("arithmetic", "b // c", "(b * c)")]),
        ("a = not b", [("unary", "not b", "(b)")]),
        ("a = -b", [("unary", "-b", "(b)")]),
        ("a = 3", [("constant", "3", "2"), ("constant", "3", "4")]),
        ("a = -1", [("constant", "-1", "-2"), ("constant", "-1", "0")]),
        ("a = 1 << 4", [("constant", "1 << 4", "15"), ("constant", "1 << 4", "17")]),
        (
            "a = b << 1",
            [
                ("arithmetic", "b << 1", "(b >> 1)"),
                ("constant", "1", "0"),
                ("constant", "1", "2"),
            ],
        ),
        ("a = True", [("constant", "True", "False")]),
        ("a = min(b)", [("call", "min(b)", "max(b)")]),
        ("a = any(b)", [("call", "any(b)", "all(b)")]),
        ("a = b if c else d", [("condition", "c", "(not c)")]),
        ("a = [b for b in c if d]", [("condition", "d", "(not d)")]),
        ("return a", [("return value", "a", "None")]),
        ("a.b = c", [("statement", "a.b = c", "pass")]),
        ("a += b", [("statement", "a += b", "pass")]),
        ("raise a", [("statement", "raise a", "pass")]),
        ("a(b)", [("statement", "a(b)", "pass")]),
    ],
)
def test_each_kind_of_fault(statement: str, expected: list[tuple[str, str, str]]) -> None:
    assert expected == _edits(f"def work():\n    {statement}\n")


@pytest.mark.parametrize(
    "source",
    [
        "from a import b\n",
        '"""Text."""\n',
        "a = 'text' + b\n",
        "Number = int | None\n",
        "@frozen(eq=False)\nclass A:\n    b: Literal[1]\n",
        "if TYPE_CHECKING:\n    a = 1\n",
        "a = f'{b + 1}'\n",
        "a = zip(b, c, strict=True)\n",
        "SEED = 20240910\nBLOCK = 1 << 20\n",
        "def work(a: int | None) -> list[3]:\n    return None\n",
    ],
)
def test_what_is_left_alone(source: str) -> None:
    assert [] == _edits(source)


def test_a_mutant_knows_its_function_and_the_lines_of_its_statement() -> None:
    source = """\
    class Box:
        def open(self):
            def inner():
                return call(
                    1,
                )
            return inner
    """
    (mutant,) = [one for one in mutants_of(NAME, dedent(source)) if one.put == "2"]
    assert ("Box.open", (4, 5), 5) == (mutant.function, mutant.lines, mutant.line)


def test_a_constant_outside_functions_has_no_function() -> None:
    source = "def work(size=3):\n    pass\n"
    assert [""] * 2 == [one.function for one in mutants_of(NAME, source)]


def test_the_edit_moves_no_line_and_columns_count_characters() -> None:
    """An edit of several lines leaves as many, and a letter of two bytes shifts nothing."""
    source = "def work():\n    return ('é', (a\n        + b))\nlast = 1\n"
    (sum_turned,) = [one for one in mutants_of(NAME, source) if one.operator == "arithmetic"]
    expected = "def work():\n    return ('é', (((a - b)\n)))\nlast = 1\n"
    assert expected == sum_turned.apply(source)


def test_the_key_tells_mutants_apart() -> None:
    mutants: list[Mutant] = mutants_of(NAME, "a = 1 < 2 < 3\n")
    assert len(mutants) == len({one.key for one in mutants})
