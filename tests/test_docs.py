"""What the documentation shows works: Python blocks run, commands parse, every folder it names is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from riwaya.cli import build_app

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(language: str) -> list[tuple[str, str]]:
    """(page, code) of every fenced block of a language; `` for those without one."""
    found = []
    for page in PAGES:
        for name, code in BLOCK.findall(page.read_text(encoding="utf-8")):
            if name == language:
                found.append((page.name, code))
    return found


def command_lines() -> list[tuple[str, str]]:
    lines = [(page, line) for page, code in blocks("") for line in code.splitlines()]
    return [(page, line) for page, line in lines if re.match(r"(\S+ run )?riwaya ", line)]


@pytest.mark.parametrize(("page", "code"), blocks("python"))
def test_python_blocks_run(page: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(code, page, "exec"), {})
    assert "capture 2018-05-20" in capsys.readouterr().out


@pytest.mark.parametrize(("page", "line"), command_lines())
def test_commands_take_the_options_that_are_shown(page: str, line: str) -> None:
    words = shlex.split(line.split("|")[0], comments=True)
    arguments = words[words.index("riwaya") + 1 :]
    command = typer.main.get_command(build_app())
    if arguments[0].startswith("--"):
        assert any(arguments[0] in parameter.opts for parameter in command.params)
        return
    while getattr(command, "commands", None):
        command = command.commands[arguments.pop(0)]
    for parameter in command.params:
        if getattr(parameter, "prompt", None):  # a password is asked for at the terminal
            arguments += [parameter.opts[0], "correct horse battery staple"]
    command.make_context("riwaya", arguments)
