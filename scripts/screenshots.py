"""Take the screenshots of docs/workbench.md: serve the samples (`make serve`), then run this with the address.

Needs playwright and Chromium: `python scripts/screenshots.py http://127.0.0.1:8765`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

OUT = Path(__file__).parent.parent / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"


def most_told(page: Any, base: str) -> str:
    """The incident with most accounts."""
    rows = page.request.get(f"{base}/desk.json?sort=accounts").json()["items"]
    return str(rows[0]["id"])


def main(base: str) -> None:
    """Write every picture anew."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{base}/?lang=ar")
        story = most_told(page, base)
        wide = {
            "first": "/", "desk": "/desk", "incident": f"/incident/{story}", "report": "/report/ye-front#e2",
            "review": "/review", "control": "/control",
        }  # fmt: skip
        for name, path in wide.items():
            page.goto(base + path)
            page.wait_for_timeout(1500)
            page.screenshot(path=OUT / f"{name}.png")
        page.goto(f"{base}/?lang=en")
        page.click("[data-try] >> nth=0")
        page.wait_for_selector("section.report")
        page.wait_for_timeout(800)
        page.screenshot(path=OUT / "read.png")
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{base}/desk?lang=ar")
        page.wait_for_timeout(1500)
        page.screenshot(path=OUT / "desk-narrow.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
