"""``riwaya gazetteer``: places of the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ORDER = 45


def import_(
    file: Annotated[Path, typer.Argument(help="A GeoNames country file, an OCHA P-code table or a GeoJSON.")],
    knowledge: Annotated[Path, typer.Option(help="Knowledge folder to write the places into.")] = Path("knowledge"),
) -> None:
    """Take the places of a gazetteer file into a knowledge folder, for --knowledge."""
    from riwaya.knowledge.gazetteer_import import import_gazetteer

    print(import_gazetteer(file, knowledge))


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="Places of your own.")
    group.callback()(lambda: None)
    group.command("import")(import_)
    app.add_typer(group, name="gazetteer")
