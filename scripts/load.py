"""Load on a running workbench: 50 readers and 5 coders at once for some seconds; times of answers by page.

    riwaya serve --demo samples --no-browser &
    python scripts/load.py http://127.0.0.1:8765
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import httpx

PAGES = ("/desk", "/desk?kind=air_strike", "/reports", "/sources", "/desk.json")
READERS, CODERS, SECONDS, PAUSE = 50, 5, 15.0, 2.0  # a person looks at a page for some seconds; here two
WAIT = 30.0  # seconds after which an answer is not waited for
PLAIN = False  # the workbench speaks plain http: certificates would only take the time of the one who measures


@dataclass
class Told:
    """Seconds that answers took, and how many failed or took longer than is waited."""

    times: list[float] = field(default_factory=list)
    failed: int = 0

    def ask(self, send: Callable[[], httpx.Response]) -> httpx.Response | None:
        """An answer, None where there is none or an error."""
        begun = time.perf_counter()
        try:
            answer = send().raise_for_status()
        except httpx.HTTPError:
            self.failed += 1
            return None
        self.times.append(time.perf_counter() - begun)
        return answer

    def __str__(self) -> str:
        """How many, the median, and the time within which 95 in a hundred came."""
        ordered = sorted(self.times) or [0.0]
        half, most = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
        told = f"{len(self.times)}, median {half * 1000:.0f} ms, 95 % within {most * 1000:.0f} ms"
        return f"{told}, longest {ordered[-1] * 1000:.0f} ms; {self.failed} failed"


def read(base: str, number: int, until: float, pages: Told) -> None:
    """Open pages one after another."""
    with httpx.Client(base_url=base, timeout=WAIT, verify=PLAIN) as client:
        while time.monotonic() < until:
            number += 1
            pages.ask(partial(client.get, PAGES[number % len(PAGES)]))
            time.sleep(PAUSE)


def code(base: str, number: int, until: float, pages: Told, decisions: Told) -> None:
    """Accept an event of the queue, look whether that was kept, undo it; then the next one."""
    with httpx.Client(base_url=base, timeout=WAIT, verify=PLAIN) as client:
        while time.monotonic() < until:
            answer = pages.ask(partial(client.get, "/review.json"))
            if answer is None:
                continue
            queue = answer.json()
            item, headers = queue["items"][number % len(queue["items"])], {"x-csrf-token": queue["csrf"]}
            decision = {"event": item["event"], "action": "accept"}
            kept = decisions.ask(partial(client.post, f"/correct/{item['report']}", json=decision, headers=headers))
            if kept is not None:
                shown = client.get(f"/report/{item['report']}.json").json()
                decisions.failed += not any(each["id"] == item["event"] and each["by"] for each in shown["events"])
                decisions.ask(partial(client.post, f"/undo/{item['report']}", json=kept.json(), headers=headers))
            time.sleep(PAUSE)


def main() -> None:
    """Run all at once and say how long answers took."""
    base = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8765"
    print(f"load before {os.getloadavg()[0]:.1f}")
    until = time.monotonic() + SECONDS
    pages, decisions = Told(), Told()
    threads = [threading.Thread(target=read, args=(base, n, until, pages)) for n in range(READERS)]
    threads += [threading.Thread(target=code, args=(base, n, until, pages, decisions)) for n in range(CODERS)]
    for thread in threads:
        thread.start()
        time.sleep(0.02)
    for thread in threads:
        thread.join()
    print(f"pages: {pages}\ndecisions: {decisions}")


if __name__ == "__main__":
    main()
