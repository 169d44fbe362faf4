"""Build hook: compile the knowledge into the wheel, so that the first start of an installed program need not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_COMPILE = """
import sys
from pathlib import Path
from riwaya.knowledge.knowledge import ship_knowledge
print(ship_knowledge(Path(sys.argv[1])))
"""


class CompiledKnowledge(BuildHookInterface):  # type: ignore[type-arg]
    """Adds ``riwaya/knowledge/shipped/<key>.pickle`` to a wheel; an editable install compiles at its first start."""

    @property
    def _folder(self) -> Path:
        return Path(self.directory) / ".shipped"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile with a fixed hash seed: the same files give the same bytes."""
        if version == "editable":
            return
        env = {**os.environ, "PYTHONPATH": str(Path(self.root) / "src"), "PYTHONHASHSEED": "0"}
        command = [sys.executable, "-c", _COMPILE, str(self._folder)]
        done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
        path = Path(done.stdout.strip())
        build_data["force_include"][str(path)] = f"riwaya/knowledge/shipped/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled: the wheel holds it."""
        shutil.rmtree(self._folder, ignore_errors=True)
