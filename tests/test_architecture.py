"""The promises of the architecture, kept by machine."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests import smells
from tests.smells import CODE, ROOT, name_of, sources, templates, tree_of

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LAYERS = PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
ACTS = smells.acts()
EVERYTHING = [*sources(), *sources(ROOT / "tests"), *sources(ROOT / "benchmarks")]


@pytest.mark.parametrize("act", [node for _where, node in ACTS], ids=[where for where, _n in ACTS])
def test_an_act_is_atomic_guarded_and_recorded_or_says_why_not(act: ast.FunctionDef) -> None:
    names, said = smells.names_in(act) | whom_it_calls(act), ast.get_docstring(act) or ""
    if not writes(act):
        return
    assert any("atomic" in ast.unparse(decorator) for decorator in act.decorator_list)
    assert any(name.startswith("can_") for name in names) or "Open to all:" in said
    assert {"record", "record_many"} & names or "Not in the ledger:" in said


def whom_it_calls(act: ast.FunctionDef) -> set[str]:
    """What the steps of an act mention: the private functions of its own module."""
    where = next(where for where, node in ACTS if node is act)
    steps = {node.name: node for node in smells.functions(tree_of(ROOT / where.split(":")[0]))}
    called = {name for name in smells.names_in(act) if name.startswith("_") and name in steps}
    return {name for step in called for name in smells.names_in(steps[step])}


def writes(act: ast.FunctionDef) -> bool:
    """Whoever does something says by whom; the rest are questions about rows."""
    arguments = {argument.arg for argument in (*act.args.args, *act.args.kwonlyargs)}
    doing = {"save", "update", "create", "bulk_create", "get_or_create", "delete", "record"}
    return "by" in arguments or bool(doing & smells.names_in(act))


def test_every_act_names_who_does_it_last_and_by_keyword() -> None:
    for where, act in ACTS:
        positional = [argument.arg for argument in act.args.args]
        if writes(act):
            assert len(positional) <= 1, f"{where}: the thing first, everything else by keyword"
            assert "by" not in positional, where


def test_no_file_outgrows_one_reading() -> None:
    long = {name_of(path): path.read_text().count("\n") for path in EVERYTHING}
    assert not {name: n for name, n in long.items() if n > 400}


def test_no_template_outgrows_one_screen() -> None:
    long = {name_of(path): path.read_text().count("\n") for path in templates()}
    assert not {name: n for name, n in long.items() if n > 150}


def test_no_function_outgrows_what_a_reader_holds_in_mind() -> None:
    """An act has 25 lines of doing at most, docstring and signature apart."""
    assert not [where for where, act in ACTS if length_of(act) > 30]


def length_of(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def test_templates_do_not_reach_up() -> None:
    assert not list(smells.reaching_up(LAYERS))


def test_every_package_has_its_place_among_the_layers() -> None:
    placed = {app.strip() for layer in LAYERS for app in layer.split("|")}
    packages = {path.parent.name for path in CODE.glob("*/__init__.py")}
    assert packages == placed


def test_no_module_is_a_drawer_and_no_class_a_job_title() -> None:
    # A custom database backend is looked for in a module of this name.
    given = {"ordito/config/sqlite/base.py"}
    drawers = {name_of(path) for path in EVERYTHING if smells.DRAWERS.fullmatch(path.name)}
    assert drawers == given
    titled = {
        node.name
        for path in sources()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and smells.JOB_TITLES.search(node.name)
    }
    # Django's own words for what these classes replace.
    assert titled <= {"UserManager", "BoundedUploadHandler", "DatabaseWrapper"}


# Overrides of templates that packages and Django ask for by these names.
ASKED_BY_OTHERS = ("account/", "mfa/", "socialaccount/", "429.html")


def test_no_template_is_unused() -> None:
    unasked = set(smells.unasked_templates())
    assert not {name for name in unasked if not name.startswith(ASKED_BY_OTHERS)}


def test_no_two_templates_say_the_same() -> None:
    assert not list(smells.alike())


def test_templates_hold_no_query_and_no_inline_code() -> None:
    loops = [
        name_of(path)
        for path in templates()
        if re.search(r"{%-?\s*(for|with|if) [^%]*\.(all|count|exists|first)\b", path.read_text())
    ]
    assert not loops
    assert not list(smells.inline_code())


def test_templates_compare_no_state_and_choose_no_colour() -> None:
    """States have words of their own, and tones become colours in one place."""
    coloured = [
        name_of(path)
        for path in templates()
        if re.search(r"(status|kind|quality|role)\s*==\s*[\"']", path.read_text())
    ]
    assert not coloured


def test_every_component_says_what_it_takes() -> None:
    bare = [
        name_of(path)
        for path in templates()
        if path.parent.name == "ui"
        and "{{" in path.read_text()
        and not path.read_text().startswith("{#")
    ]
    assert not bare


# --- every read starts from what is visible

READ = re.compile(r"\b([A-Z]\w+)\.objects\.(?!visible_to|of\b)(\w+)")
# The reads that start from a row already admitted, or hold nothing to hide: where, what, why.
READS = {
    "ordito/accounts/views.py": {
        "Authenticator.get": "the second factor of whoever asks, by their own id",
    },
    "ordito/ledger/views.py": {
        "Interaction.filter": "of entries already chosen, or the previous link of one",
        "Party.filter": "of entries already chosen; names pass through Organisation.visible_to",
        "Note.filter": "of the entry shown, and only when is_staff_of",
    },
    "ordito/web/views.py": {
        "CensusCount.filter": "published counts of the territories of a visible district",
    },
}


def test_every_read_of_a_view_starts_from_what_is_visible() -> None:
    """Otherwise the reason is in the list above; a reason for no read is out of place there."""
    found = {
        (name_of(path), f"{model}.{method}")
        for path in sources()
        if path.stem in {"views", "doors"} or path.parent.name == "views"
        for model, method in READ.findall(path.read_text())
    }
    assert found == {(where, read) for where, reads in READS.items() for read in reads}


def test_a_view_looks_up_no_model_by_itself() -> None:
    """get_object_or_404(Model, ...) skips visible_to(): a query set must be handed to it."""
    straight = []
    for path in sources():
        if path.stem == "views" or path.parent.name == "views":
            found = re.findall(r"get_object_or_404\(\s*([A-Z]\w+)\s*,", path.read_text())
            straight += [f"{name_of(path)}: {model}" for model in found]
    assert not straight


# --- models


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("ordito.")]


def test_the_label_of_a_row_never_costs_a_query() -> None:
    for path in sources():
        for node in smells.functions(tree_of(path)):
            if node.name == "__str__":
                assert not re.search(r"self\.(?!_|get_)\w+\.\w+\.?\w*\(?", _columns(node)), path


def _columns(node: ast.FunctionDef) -> str:
    """The code of a label, without the methods of plain values."""
    code = ast.unparse(node.body[-1])
    return re.sub(r"self\.(mean)\.normalize\(\)|self\.\w+\.(strftime|isoformat)", "", code)


def test_every_model_says_what_one_row_is_and_has_a_label() -> None:
    for model in own_models():
        assert model.__doc__, model
        assert not model.__doc__.startswith(f"{model.__name__}("), f"{model} has no docstring"
        assert "__str__" in vars(model), model


def test_own_objects_are_not_asked_what_they_are() -> None:
    """hasattr() and getattr() are for what others made: each line says so."""
    asked = []
    for path in sources():
        if "tests" in path.parts:
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if re.search(r"\b(hasattr|getattr)\(", line) and "#" not in line:
                asked.append(f"{name_of(path)}:{number} {line.strip()}")
    assert not asked


# --- words


def documented(path: Path) -> Iterator[ast.AST]:
    """What must say what it does: modules, models and acts, rules, measures and components."""
    tree = tree_of(path)
    yield tree
    telling = {"acts", "rules", "measures", "models", "templatetags", "lib"}
    if telling & {path.stem, *path.parts} and "tests" not in path.parts:
        for node in tree.body:
            is_open = isinstance(node, ast.ClassDef | ast.FunctionDef) and not (
                node.name.startswith("_") or node.name.endswith(PLAIN)
            )
            if is_open:
                yield node


PLAIN = ("QuerySet", "Manager")  # what they add is said by their methods


def test_what_needs_a_docstring_has_one() -> None:
    silent = []
    for path in EVERYTHING:
        for node in documented(path):
            if path.stat().st_size and not ast.get_docstring(node):  # type: ignore[arg-type]  # all have docstrings
                silent.append(f"{name_of(path)} {getattr(node, 'name', '')}")
    assert not silent


def test_a_module_says_its_part_of_the_world_in_one_line() -> None:
    for path in sources():
        said = ast.get_docstring(tree_of(path)) or "."
        assert said.splitlines()[0].endswith((".", "?", '"')), path


def test_every_suppression_says_why() -> None:
    assert not list(smells.bare_ignores(EVERYTHING))


def test_nothing_of_ours_is_mocked() -> None:
    patched = [
        name_of(path)
        for path in EVERYTHING
        if re.search(r"(patch(\.object)?\(|setattr\()\s*['\"]ordito", path.read_text())
        or re.search(r"^(from|import) (unittest\.)?mock", path.read_text(), re.M)
    ]
    assert not patched


def test_no_smell_of_haste() -> None:
    assert not list(smells.thin_wrappers())
    assert not list(smells.only_children())
    assert len(list(smells.echoing_comments())) <= 2
    assert not list(smells.incurious_tests(EVERYTHING))


UNSAID = re.compile(
    r"this (function|method|class)\b|\brobust\b|comprehensive|seamless|leverag|ensure that"
    r"|\bTODO\b|\bFIXME\b|\bXXX\b",
    re.I,
)
# The project speaks of itself alone, whoever and whatever wrote it.
ELSEWHERE = re.compile(
    r"/(?:work|root)/|\b(prompt|sub-?agent|chatbot|LLM|co-?authored|assistant session)\b", re.I
)


def written() -> list[Path]:
    """Every text of the project that is kept."""
    kept = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    known = {".py", ".md", ".html", ".txt", ".toml", ".yml", ".js", ".css", ".typ", ".po", ""}
    return [
        ROOT / name
        for name in kept
        if Path(name).suffix in known
        and (ROOT / name).is_file()
        and Path(name).name not in {"test_architecture.py", "smells.py", "LICENSE"}
        and not name.startswith("requirements/")
    ]


def test_the_project_speaks_of_itself_alone() -> None:
    said = []
    for path in written():
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if UNSAID.search(line) or ELSEWHERE.search(line):
                said.append(f"{name_of(path)}:{number} {line.strip()[:80]}")
    assert not said


def test_no_person_of_the_sources_is_named() -> None:
    """The districts are documented, the people in the papers about them are not ours to name."""
    seeds = ROOT.parent / "shared" / "seeds"
    if not seeds.is_dir():
        pytest.skip("the sources are not beside the project")
    papers = " ".join(path.read_text(errors="replace") for path in seeds.glob("*.txt"))
    titled = (
        r"(?:[Dd]ott\.?(?:ssa)?|[Bb]log di|[Aa]vv\.|[Pp]rof\.?(?:ssa)?|[Ss]indaco|[Aa]ssessore)"
    )
    people = set(re.findall(titled + r"\s+([A-Z][a-z]+ [A-Z][a-z]+)\b", papers))
    assert people, "the sources name somebody"
    for path in written():
        text = path.read_text(errors="replace")
        assert not [name for name in people if name in text], path
