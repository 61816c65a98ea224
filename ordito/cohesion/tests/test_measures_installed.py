"""`ordito measure` as it is installed: exit codes, and what is left when something stops it."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.national.cluster import started_cluster
from ordito.cohesion.tests.act_files import CLOSE, HEADER, davis_file, rows_of, write

COMMAND = (str(Path(sys.executable).with_name("ordito")), "measure")


@pytest.fixture
def davis(tmp_path):
    return davis_file(tmp_path / "davis.csv")


def run(*arguments, **options):
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, **options
    )


def test_the_installed_command_measures_a_file(davis):
    done = run(davis, "--no-decay", "--format", "json", "--measures", "mass", "--draws", "0")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    found = json.loads(done.stdout)[0]["measures"]["mass"]["value"]
    assert found == pytest.approx(33.532573197125, abs=CLOSE)


@pytest.mark.slow
def test_the_installed_command_refuses_in_plain_words(davis):
    refused = run(davis, "--measures", "maas")
    assert refused.returncode == 2
    assert refused.stderr.startswith("La misura «maas» non c'è. Forse: mass")


@pytest.mark.slow
def test_a_full_disk_leaves_what_was_there(davis, tmp_path):
    out = tmp_path / "result.json"
    out.write_text("before")

    def no_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    done = run(davis, "--draws", "0", "--out", out, preexec_fn=no_room)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert out.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["davis.csv", "result.json"]


@pytest.mark.slow
def test_an_interruption_leaves_no_partial_output(tmp_path):
    acts, out = tmp_path / "acts.csv", tmp_path / "result.json"
    os.mkfifo(acts)
    process = subprocess.Popen(
        [*COMMAND, acts, "--out", out],
        stderr=subprocess.PIPE,
        text=True,
        # What a shell starts in the background ignores Ctrl-C, and so do its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    with acts.open("wb"):  # once it is open, the command is waiting for its first row
        process.send_signal(signal.SIGINT)
        _out, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == "Interrotto: non è stato scritto nulla.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["acts.csv"]


@pytest.mark.slow
def test_one_bad_row_among_two_million_is_named(tmp_path):
    file = tmp_path / "large.csv"
    block = "".join(f"b{n % 97},{n // 8},m,2026-01-01,L,D\n" for n in range(100_000))
    with file.open("w") as out:
        out.write(",".join(HEADER) + "\n")
        for _turn in range(20):
            out.write(block)
        out.write("x,1,m,2026-13-01,L,D\n")
    result = tmp_path / "result.json"
    done = run(file, "--out", result)
    assert done.returncode == 2
    assert "riga 2000002: «2026-13-01» non è un giorno del calendario" in done.stderr
    assert not result.exists()


@pytest.mark.slow
def test_dask_gives_the_same_even_when_a_worker_dies(tmp_path):
    file = many_districts(tmp_path)
    options = ("--by", "district", "--format", "json", "--draws", "400")
    plain = run(file, *options)
    with on_dask(file, *options, "--workers", "2") as process:
        next(workers_killed(process))
        out, said = process.communicate(timeout=240)
    assert process.returncode == 0, said
    assert json.loads(out) == json.loads(plain.stdout)
    assert said == plain.stderr


@pytest.mark.slow
def test_a_unit_that_no_worker_brings_back_is_named_and_nothing_is_written(tmp_path, davis):
    out = tmp_path / "result.json"
    with on_dask(davis, "--draws", "40000", "--out", out, "--workers", "1") as process:
        deaths = sum(1 for _killed in workers_killed(process))
        _out, said = process.communicate(timeout=60)
    assert deaths >= 2
    assert process.returncode == 3, said
    assert said == "Nulla è stato scritto; non misurati: all.\n"
    assert not out.exists()


@pytest.mark.slow
def test_a_cluster_that_is_up_already_gives_the_same(tmp_path):
    file = many_districts(tmp_path)
    options = ("--by", "district", "--format", "json", "--draws", "20")
    plain = run(file, *options)
    with started_cluster(2) as address:
        found = run(file, *options, "--engine", "dask", "--cluster", address)
    assert (found.returncode, found.stderr) == (0, plain.stderr)
    assert json.loads(found.stdout) == json.loads(plain.stdout)


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_named(davis):
    refused = run(davis, "--engine", "dask", "--cluster", "127.0.0.1:9:1")
    assert refused.returncode == 2
    assert refused.stderr.startswith("Lo scheduler di Dask «127.0.0.1:9:1» non risponde")


def many_districts(folder):
    rows = []
    for number in range(12):
        acts = [(f"2026-01-{1 + n % 28:02}", f"{n % 7}{n % 5}{n % 3}x") for n in range(40)]
        rows += rows_of(*acts, district=f"D{number:02}")
    return write(folder / "acts.csv", rows)


def on_dask(*arguments):
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments), "--engine", "dask"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def workers_killed(process):
    """Kill, one after the other, the Dask workers of a process once they have begun to measure."""
    killed = set()
    while process.poll() is None:
        time.sleep(0.02)
        for worker in children(process) - killed:
            if has_begun(worker):
                os.kill(worker, signal.SIGKILL)
                killed.add(worker)
                yield worker


def children(process):
    tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
    return {int(child) for task in tasks for child in task.read_text().split()}


def has_begun(worker):
    """The library of graphs is loaded with the first unit that arrives, and until it becomes a
    program of its own a child has the libraries of its parent."""
    own = Path(f"/proc/{worker}")
    try:
        is_worker = b"spawn_main" in (own / "cmdline").read_bytes()
        return is_worker and "rustworkx" in (own / "maps").read_text()
    except OSError:
        return False  # it is gone already
