"""The program as a process: pipes that close early, Ctrl-C, the same bytes under any hash seed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

RUN = [sys.executable, "-c", "from riwaya.cli import main; main()"]
SAMPLES = Path(__file__).parent.parent / "samples"


def many(tmp_path: Path, reports: int) -> Path:
    texts = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("*.json"))]
    entries = ({"id": str(n), "published": "2020-01-02", "text": texts[n % len(texts)]["text"]} for n in range(reports))
    lines = [json.dumps(entry) for entry in entries]
    (tmp_path / "many.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "many.jsonl"


def test_a_pipe_that_closes_early_is_no_error(tmp_path: Path) -> None:
    command = [*RUN, "read", str(many(tmp_path, 300)), "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["report"]["id"] == "0"
        process.stdout.close()
        told = process.stderr.read()
    assert told == b""
    assert process.returncode == 141


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_leaves_whole_lines(tmp_path: Path, jobs: str) -> None:
    out = tmp_path / "out.jsonl"
    command = [*RUN, "read", str(many(tmp_path, 6000)), "--jobs", jobs, "-o", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    for _ in range(600):
        time.sleep(0.1)
        if out.exists() and out.stat().st_size:
            break
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    lines = out.read_bytes().splitlines()
    assert 0 < len(lines) < 6000
    assert [json.loads(line)["report"]["id"] for line in lines] == [str(n) for n in range(len(lines))]
    assert b"interrupted after" in told


def test_the_same_bytes_come_out_under_any_hash_seed(tmp_path: Path) -> None:
    found = set()
    for seed in ("0", "1", "77"):
        command = [*RUN, "read", str(SAMPLES), "--format", "jsonl"]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        found.add(subprocess.run(command, capture_output=True, check=True, env=environment).stdout)
    assert len(found) == 1
