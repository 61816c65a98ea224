"""What is written for people, compared with the code it speaks of."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.apps import apps

from ordito.config.environment import READ
from ordito.governance import acts as governance
from ordito.ledger.kinds import KINDS
from ordito.network import acts as network
from tests.smells import CODE, ROOT, acts, functions, name_of, tree_of

DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
LEFT_OUT = {"build", "ordito-data", "node_modules", "__pycache__"}
# Written in pieces, or this file would be the first to name them.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("docker", "io"),
        ("ghcr", "io"),
        ("quay", "io"),
        ("crates", "io"),
        ("rubygems", "org"),
    )
]


def in_tables(page: Path, pattern: str) -> list[str]:
    """What stands as code in the first cell of the rows of a page, in order."""
    first_cells = re.findall(r"^\| `([^|]+)` \|", page.read_text(), re.MULTILINE)
    return [found for cell in first_cells for found in re.findall(pattern, cell)]


def anchor(heading: str) -> str:
    """The address that a heading takes when a page is shown."""
    text = re.sub(r"[^\w\s-]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower())
    return text.strip().replace(" ", "-")


def files() -> Iterator[Path]:
    """Every file of the project, whoever wrote it; what is installed or made is left out."""
    for folder, inside, names in os.walk(ROOT):
        inside[:] = [name for name in inside if name == ".ci" or name[0] != "."]
        inside[:] = [name for name in inside if name not in LEFT_OUT]
        yield from (Path(folder, name) for name in names)


def test_every_setting_is_described_and_no_other() -> None:
    read = {name for name in READ if not name.endswith("_FILE")}
    described = in_tables(DOCS / "reference" / "settings.md", r"^(ORDITO_[A-Z_]+)$")
    assert sorted(described) == sorted(read)


def test_every_kind_of_entry_is_described_and_no_other() -> None:
    assert governance.close_roll
    assert network.register_organisation
    described = in_tables(DOCS / "reference" / "kinds.md", r"^([a-z]+\.[a-z_]+)$")
    assert sorted(described) == sorted(KINDS)


def test_a_kind_is_described_with_the_words_of_the_screen() -> None:
    rows = (DOCS / "reference" / "kinds.md").read_text()
    assert [
        code for code, kind in KINDS.items() if f"| `{code}` | {kind.label} |" not in rows
    ] == []


def test_every_command_of_ours_is_described_and_no_other() -> None:
    ours = {
        path.stem
        for path in CODE.glob("*/management/commands/*.py")
        if not path.stem.startswith("_")
    }
    page = (DOCS / "reference" / "commands.md").read_text()
    table = page.partition("## ")[0]
    assert set(re.findall(r"^\| `ordito (\w+)", table, re.MULTILINE)) == ours


def test_every_rule_is_described_and_no_other() -> None:
    rules = {
        node.name
        for path in CODE.glob("*/rules.py")
        for node in functions(tree_of(path))
        if node.name.startswith("can_")
    }
    described = in_tables(DOCS / "reference" / "permissions.md", r"^(can_\w+)$")
    assert sorted(described) == sorted(rules)


def test_every_field_of_the_report_is_described() -> None:
    tree = tree_of(CODE / "cohesion" / "exports" / "data.py")
    keys = {
        key.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    }
    page = (DOCS / "reference" / "report-json.md").read_text()
    assert keys
    assert sorted(key for key in keys if f"`{key}`" not in page) == []


def test_every_model_is_in_the_glossary() -> None:
    glossary = (DOCS / "glossary.md").read_text()
    ours = [model.__name__ for model in apps.get_models() if model.__module__.startswith("ordito.")]
    assert ours
    assert [name for name in ours if f"`{name}`" not in glossary] == []


def test_every_act_is_in_the_glossary() -> None:
    glossary = (DOCS / "glossary.md").read_text()
    public = {*governance.__all__, *(node.name for where, node in acts() if "/network/" in where)}
    assert public
    assert sorted(name for name in public if not re.search(rf"`{name}\b", glossary)) == []


@pytest.mark.parametrize("source", PAGES, ids=name_of)
def test_every_link_leads_somewhere(source: Path) -> None:
    for link in LINK.findall(source.read_text()):
        address, _, part = link.partition("#")
        target = (source.parent / address).resolve() if address else source
        assert target.exists(), link
        if part:
            assert part in map(anchor, HEADING.findall(target.read_text())), link


def test_every_page_is_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for link in LINK.findall(page.read_text()):
            target = (page.parent / link.partition("#")[0]).resolve()
            waiting += target.glob("*.md") if target.is_dir() else [target]
            waiting = [each for each in waiting if each.suffix == ".md"]
    assert sorted(name_of(page) for page in set(PAGES) - reached) == []


def test_the_two_commands_of_the_readme_exist() -> None:
    named = re.findall(r"^make (\w+) ", (ROOT / "README.md").read_text(), re.MULTILINE)
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert named == ["run", "test"]
    assert set(named) <= targets


def test_publiccode_has_what_its_version_requires() -> None:
    public = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    assert public["publiccodeYmlVersion"] == "0.7"
    required = ("name", "url", "platforms", "categories", "developmentStatus", "softwareType")
    assert [key for key in required if not public.get(key)] == []
    assert public["organisation"]["uri"]
    assert public["legal"]["license"] == "EUPL-1.2"
    assert public["maintenance"]["type"] in {"internal", "community"}
    assert all(contact["name"] for contact in public["maintenance"]["contacts"])
    assert public["localisation"]["localisationReady"] is True
    assert public["localisation"]["availableLanguages"] == ["it", "en"]
    for words in public["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert words["features"]
        assert all((ROOT / shot).exists() for shot in words.get("screenshots", []))


def test_no_file_names_a_registry() -> None:
    found = []
    for path in files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}: {host}" for host in REGISTRIES if host in text]
    assert found == []
