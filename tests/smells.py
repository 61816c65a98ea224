"""Smells that a text shows by itself: each function names the places where it is found."""

import ast
import itertools
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
CODE = ROOT / "ordito"
DRAWERS = re.compile(r"(utils?|helpers?|common|misc|base|core|services|managers?|handlers?)\.py")
JOB_TITLES = re.compile(r"(Manager|Handler|Helper|Processor|Service|Wrapper)$")
IGNORE = re.compile(
    r"#\s*(noqa(: ?[A-Z]+\d+(, ?[A-Z]+\d+)*)?|type: ?ignore(\[[\w, -]+\])?|pragma: ?no cover)"
)
TAG = re.compile(r"<[a-zA-Z][^<>]*>")
REFERRED = re.compile(r"{%\s*(?:extends|include)\s+[\"']([^\"'#]+)")


def sources(*folders: Path, under: str = "**/*.py") -> list[Path]:
    """The files written by hand: migrations are generated."""
    return sorted(
        path
        for folder in folders or (CODE,)
        for path in folder.glob(under)
        if path.is_file() and not {"migrations", "__pycache__"} & set(path.parts)
    )


def templates() -> list[Path]:
    return sources(under="*/templates/**/*")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def template_name(path: Path) -> str:
    """The name by which pages ask for a template."""
    return path.as_posix().rpartition("/templates/")[2]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def names_in(node: ast.AST) -> set[str]:
    """Every name and attribute that a piece of code mentions."""
    return {
        inner.id if isinstance(inner, ast.Name) else inner.attr
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name | ast.Attribute)
    }


def acts() -> list[tuple[str, ast.FunctionDef]]:
    """The public functions of an app's acts.py, or of the modules of its package `acts`."""
    files = [*CODE.glob("*/acts.py"), *CODE.glob("*/acts/*.py")]
    return [
        (f"{name_of(path)}:{node.name}", node)
        for path in files
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def reaching_up(layers: list[str]) -> Iterator[str]:
    """Templates that extend or include one of an app above theirs (S9)."""
    order = {app.strip(): i for i, layer in enumerate(layers) for app in layer.split("|")}
    for path in templates():
        app = path.relative_to(CODE).parts[0]
        for asked in REFERRED.findall(path.read_text()):
            owner = asked.split("/")[0]
            if order.get(owner, len(order)) < order[app]:
                yield f"{name_of(path)} reaches up to {asked}"


def alike() -> Iterator[str]:
    """Pairs of templates that share more than 70% of their lines (S10)."""
    lines = {path: _weighty_lines(path) for path in templates()}
    long = [path for path, them in lines.items() if len(them) >= 10]
    for one, other in itertools.combinations(long, 2):
        shared = len(lines[one] & lines[other])
        if shared / min(len(lines[one]), len(lines[other])) > 0.7:
            yield f"{name_of(one)} and {name_of(other)}"


def _weighty_lines(path: Path) -> set[str]:
    stripped = (re.sub(r"\s+", " ", line).strip() for line in path.read_text().splitlines())
    return {line for line in stripped if len(line) > 15}


def unasked_templates() -> Iterator[str]:
    """Templates whose name occurs nowhere in the code (S11)."""
    everything = "\n".join(path.read_text() for path in (*sources(), *templates()))
    for path in templates():
        if template_name(path) not in everything.replace(f"{{# {template_name(path)}", ""):
            yield template_name(path)


def inline_code() -> Iterator[str]:
    """What the Content-Security-Policy would refuse in a page."""
    for path in templates():
        html = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.S)
        if re.search(r"<style|<script(?![^>]*\bsrc=)|javascript:", html):
            yield f"{name_of(path)}: inline script or style"
        for tag in TAG.findall(re.sub(r"{%.*?%}|{{.*?}}", "", html, flags=re.S)):
            if found := re.search(r"\s(style|on[a-z]+)\s*=", tag):
                yield f"{name_of(path)}: {found[1]} attribute"


def bare_ignores(paths: Iterable[Path]) -> Iterator[str]:
    """Suppressions without their reason on the same line (S29)."""
    for path in paths:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if found := IGNORE.search(line):
                said = line[found.end() :].strip(" #()")
                if len(said) < 8:
                    yield f"{name_of(path)}:{number} {line.strip()}"


def thin_wrappers() -> Iterator[str]:
    """Public functions that only pass their own parameters on, under another name (S14)."""
    for path in sources():
        for node in functions(tree_of(path)):
            given = _passed_on(node)
            if node.name.startswith("_"):
                continue
            own = {a.arg for a in (*node.args.args, *node.args.kwonlyargs)} - {"self", "cls"}
            if own and given is not None and len(given) == len(own) and set(given) == own:
                yield f"{name_of(path)}:{node.lineno} {node.name}"


def _passed_on(node: ast.FunctionDef) -> list[str] | None:
    """The names given to the one call that a function is made of."""
    if node.decorator_list or ast.get_docstring(node) or len(node.body) != 1:
        return None
    statement = node.body[0]
    call = statement.value if isinstance(statement, ast.Return | ast.Expr) else None
    if not isinstance(call, ast.Call):
        return None
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return [value.id if isinstance(value, ast.Name) else "" for value in given]


def echoing_comments() -> Iterator[str]:
    """Comments whose words are already in the line below (S15)."""
    for path in sources():
        lines = path.read_text().splitlines()
        for number, (here, below) in enumerate(itertools.pairwise(lines), 1):
            is_lone = here.strip().startswith("# ") and not below.strip().startswith("#")
            said = _words(here) if is_lone else set()
            if 0 < len(said) <= 6 and len(said & _words(below)) / len(said) >= 0.6:
                yield f"{name_of(path)}:{number}"


def _words(text: str) -> set[str]:
    common = {"the", "and", "for", "this", "that", "with", "from"}
    return set(re.findall(r"[a-z]{3,}", text.replace("_", " ").lower())) - common


def incurious_tests(paths: Iterable[Path]) -> Iterator[str]:
    """Tests that post, are told 200 or 302, and look no further (S21)."""
    for path in paths:
        for node in functions(tree_of(path)):
            text = ast.unparse(node)
            claims = [line.strip() for line in text.splitlines() if "assert" in line]
            if (
                node.name.startswith("test")
                and ".post(" in text
                and claims
                and all(re.search(r"status_code\W+(200|302)$", claim) for claim in claims)
            ):
                yield f"{name_of(path)}:{node.lineno} {node.name}"


def only_children() -> Iterator[str]:
    """Classes made to be inherited from, inherited from once (S26)."""
    home: dict[str, str] = {}
    children: dict[str, int] = {}
    for path in sources():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                home[node.name] = f"{name_of(path)}:{node.lineno}"
                for base in node.bases:
                    for name in names_in(base) & {ast.unparse(base).rpartition(".")[2]}:
                        children[name] = children.get(name, 0) + 1
    for name, n in children.items():
        if n == 1 and name in home and re.search("Base|Abstract|Mixin", name):
            yield home[name]
