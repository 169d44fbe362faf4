"""Load on a running workbench: 50 readers and 5 coders at once for some seconds; times of answers by page.

    riwaya serve --demo samples --no-browser &
    python scripts/load.py http://127.0.0.1:8765
"""

from __future__ import annotations

import sys
import threading
import time

import httpx

PAGES = ("/desk", "/desk?kind=air_strike", "/reports", "/sources", "/desk.json")
READERS, CODERS, SECONDS, PAUSE = 50, 5, 15.0, 2.0  # a person looks at a page for some seconds; here two


def read(base: str, number: int, until: float, times: list[float]) -> None:
    """Open pages one after another."""
    with httpx.Client(base_url=base, timeout=30) as client:
        while time.monotonic() < until:
            number += 1
            begun = time.perf_counter()
            client.get(PAGES[number % len(PAGES)]).raise_for_status()
            times.append(time.perf_counter() - begun)
            time.sleep(PAUSE)


def code(base: str, number: int, until: float, times: list[float]) -> None:
    """Accept events of the queue one after another, then undo."""
    with httpx.Client(base_url=base, timeout=30) as client:
        while time.monotonic() < until:
            queue = client.get("/review.json").json()
            item = queue["items"][number % len(queue["items"])]
            begun = time.perf_counter()
            headers = {"x-csrf-token": queue["csrf"]}
            answer = client.post(
                f"/correct/{item['report']}", json={"event": item["event"], "action": "accept"}, headers=headers
            )
            times.append(time.perf_counter() - begun)
            client.post(f"/undo/{item['report']}", json=answer.json(), headers=headers)
            time.sleep(PAUSE)


def main() -> None:
    """Run all at once and say how long answers took."""
    base = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8765"
    until = time.monotonic() + SECONDS
    read_times: list[float] = []
    code_times: list[float] = []
    threads = [threading.Thread(target=read, args=(base, n, until, read_times)) for n in range(READERS)]
    threads += [threading.Thread(target=code, args=(base, n, until, code_times)) for n in range(CODERS)]
    for thread in threads:
        thread.start()
        time.sleep(0.02)
    for thread in threads:
        thread.join()
    for name, times in (("pages", sorted(read_times)), ("decisions", sorted(code_times))):
        if times:
            half, most = times[len(times) // 2], times[int(len(times) * 0.95)]
            print(f"{name}: {len(times)}, median {half * 1000:.0f} ms, 95 % within {most * 1000:.0f} ms")


if __name__ == "__main__":
    main()
