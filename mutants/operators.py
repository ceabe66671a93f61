"""The small faults that are put into a module, one at a time.

A mutant is an edit of the source text, so that it can be shown as a line of a diff. Left alone are
annotations, decorators, docstrings, imports, and all text: what an error says is compared word for
word by the tests, and no operator here would change it. So are the insides of f-strings, whose
places Python gives rightly only since 3.12, and `strict=` of zip, which guards against mistakes
of ours and is never felt where there are none. So are numbers from 1,000 on: how much is done at
once, how often something is drawn, and seeds. One more or less is a choice and no fault.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from attrs import frozen

COMPARISONS: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
}
SIZE = 1_000
SWAPPED = {"min": "max", "max": "min", "any": "all", "all": "any"}
REMOVED = (ast.Expr, ast.AugAssign, ast.Raise, ast.Continue, ast.Break)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@frozen
class Mutant:
    """One edit of a module.

    Attributes:
        module: its path from the top of the repository.
        line, column, end: where the edit begins, from 1 and 0, and on which line it ends.
        operator: which kind of fault.
        lines: the lines to which it belongs: those of the edit, and where its statement begins.
        function: the qualified name of the outermost function around it; empty where there is
            none, as at the top of a module or a class.
        found, put: the text that goes and the text that comes.
    """

    module: str
    line: int
    column: int
    end: int
    operator: str
    lines: tuple[int, ...]
    function: str
    found: str
    put: str

    @property
    def key(self) -> str:
        """What tells it from all others of the same source."""
        return (
            f"{self.module}:{self.line}:{self.column} {self.operator}: {self.found} -> {self.put}"
        )

    def apply(self, source: str) -> str:
        """Return the source with the edit made; no line moves."""
        lines = source.splitlines(keepends=True)
        begin = sum(map(len, lines[: self.line - 1])) + self.column
        gone = "\n" * self.found.count("\n")
        put = f"({self.put}{gone})" if gone and self.operator != "statement" else self.put + gone
        return source[:begin] + put + source[begin + len(self.found) :]


def mutants_of(module: str, source: str) -> list[Mutant]:
    """Return every mutant of a module, in order of place.

    Args:
        module: its path from the top of the repository.
        source: its text.
    """
    walk = _Walk(module, source)
    walk.block(ast.parse(source).body, "", "")
    return sorted(walk.found, key=lambda one: (one.line, one.column, one.operator, one.put))


class _Walk:
    def __init__(self, module: str, source: str) -> None:
        self.module = module
        self.source = source
        self.lines = source.splitlines(keepends=True)
        self.found: list[Mutant] = []

    def block(self, body: list[ast.stmt], scope: str, function: str) -> None:
        for statement in body:
            if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
                name = scope + statement.name
                if isinstance(statement, FUNCTIONS):
                    defaults = [*statement.args.defaults, *statement.args.kw_defaults]
                    for default in filter(None, defaults):
                        self.expression(default, statement, function)
                    self.block(statement.body, f"{name}.<locals>.", function or name)
                else:
                    self.block(statement.body, f"{name}.", function)
            elif not isinstance(statement, (ast.Import, ast.ImportFrom)):
                self.statement(statement, scope, function)

    def statement(self, statement: ast.stmt, scope: str, function: str) -> None:
        document = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        guard = isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING"
        if document or guard:
            return
        if isinstance(statement, REMOVED) or _stores(statement):
            self.add("statement", statement, "pass", statement, function)
        if isinstance(statement, ast.Return) and statement.value and not _is_none(statement.value):
            self.add("return value", statement.value, "None", statement, function)
        for name, value in ast.iter_fields(statement):
            if name == "annotation":
                continue
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, ast.stmt):
                    self.block([part], scope, function)
                elif isinstance(part, (ast.ExceptHandler, ast.match_case)):
                    self.block(part.body, scope, function)
                elif isinstance(part, ast.AST):
                    self.expression(part, statement, function)

    def expression(self, top: ast.AST, statement: ast.stmt, function: str) -> None:
        strict = isinstance(top, ast.keyword) and top.arg == "strict"
        if (
            strict
            or isinstance(top, ast.JoinedStr)
            or (isinstance(statement, ast.Raise) and isinstance(top, ast.Constant))
        ):
            return
        number = _whole_number(top)
        if number is not None:
            assert isinstance(top, ast.expr)
            for value in (number + 1, number - 1) if abs(number) < SIZE else ():
                self.add("constant", top, str(value), statement, function)
            return
        if isinstance(top, ast.expr):
            # Outside functions, | stands in names of types.
            union = isinstance(top, ast.BinOp) and isinstance(top.op, ast.BitOr) and not function
            for operator, put in [] if union else _edits(top):
                self.add(operator, top, put, statement, function)
        for condition in _conditions(top, statement):
            self.add("condition", condition, f"(not {ast.unparse(condition)})", statement, function)
        for part in ast.iter_child_nodes(top):
            self.expression(part, statement, function)

    def add(
        self, operator: str, node: ast.stmt | ast.expr, put: str, statement: ast.stmt, function: str
    ) -> None:
        found = ast.get_source_segment(self.source, node)
        assert found is not None
        # Python counts columns in bytes.
        line = self.lines[node.lineno - 1].encode()
        column = len(line[: node.col_offset].decode())
        end = node.end_lineno or node.lineno
        lines = tuple(sorted({statement.lineno, *range(node.lineno, end + 1)}))
        edit = Mutant(self.module, node.lineno, column, end, operator, lines, function, found, put)
        if edit not in self.found:
            self.found.append(edit)


def _edits(node: ast.expr) -> Iterator[tuple[str, str]]:
    """Give the operators and new texts of one expression."""
    match node:
        case ast.Constant(value=bool() as value):
            yield "constant", str(not value)
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                for other in COMPARISONS[type(operator)]:
                    ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
                    new = ast.Compare(node.left, ops, node.comparators)
                    yield "comparison", f"({ast.unparse(new)})"
        case ast.BoolOp():
            other_way = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield "boolean", f"({ast.unparse(ast.BoolOp(other_way, node.values))})"
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
            yield "unary", f"({ast.unparse(node.operand)})"
        case ast.BinOp() if type(node.op) in ARITHMETIC and not (
            _is_sequence(node.left) or _is_sequence(node.right)
        ):
            new_node = ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right)
            yield "arithmetic", f"({ast.unparse(new_node)})"
        case ast.Call(func=ast.Name(id=name)) if name in SWAPPED:
            new_call = ast.Call(ast.Name(SWAPPED[name]), node.args, node.keywords)
            yield "call", ast.unparse(new_call)


def _whole_number(node: ast.AST) -> int | None:
    """Return a number that is written out: `-1` and `1 << 22` are one number each, not several."""
    match node:
        case ast.Constant(value=int() as value) if not isinstance(value, bool):
            return value
        case ast.UnaryOp(op=ast.USub()):
            number = _whole_number(node.operand)
            return None if number is None else -number
        case ast.BinOp(op=ast.LShift()):
            left, right = _whole_number(node.left), _whole_number(node.right)
            return None if left is None or right is None else left << right
    return None


def _conditions(node: ast.AST, statement: ast.stmt) -> Iterator[ast.expr]:
    """Give conditions that no other operator turns round: names, attributes and calls."""
    tests: list[ast.expr] = []
    if isinstance(statement, (ast.If, ast.While)) and node is statement.test:
        tests.append(statement.test)
    if isinstance(node, ast.IfExp):
        tests.append(node.test)
    if isinstance(node, ast.comprehension):
        tests.extend(node.ifs)
    return (one for one in tests if not isinstance(one, (ast.Compare, ast.BoolOp, ast.UnaryOp)))


def _stores(statement: ast.stmt) -> bool:
    """Tell whether it changes an object; leaving out a plain name would only be a NameError."""
    return isinstance(statement, ast.Assign) and all(
        isinstance(target, (ast.Attribute, ast.Subscript)) for target in statement.targets
    )


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _is_sequence(node: ast.expr) -> bool:
    """Tell whether it is written as text or a list: other arithmetic than + could only raise."""
    text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return text or isinstance(node, (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp))
