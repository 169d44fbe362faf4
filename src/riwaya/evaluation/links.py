"""Measures linking and disputes against gold clusters: B³ (Bagga and Baldwin 1998) and disputes with their sides.

With coded events in, each gold account stands for the coded event that pairs with it (same kind, trigger in the same
sentence); a gold account without one counts as an incident of its own that holds nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from riwaya.incidents.account import Account, accounts_of
from riwaya.incidents.disputes import Field, disputes_of
from riwaya.incidents.link import link_accounts
from riwaya.incidents.link_rules import LinkRules
from riwaya.knowledge.load import DATA
from riwaya.text.normalise import fold

Key = tuple[str, str]
Figures = tuple[float, float, float]
MEASURED = ("occurrence", "killed", "agent")  # fields whose disputes are measured; a deal's occurrence is `agreement`


@dataclass(slots=True)
class LinkScores:
    """B³ precision, recall and F1 over the listed accounts and over all; disputes found of those wanted, by field."""

    b3: dict[str, Figures] = field(default_factory=dict)
    disputes: dict[str, tuple[int, int]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def b_cubed(gold: Mapping[Key, str], found: Mapping[Key, str]) -> Figures:
    """B³ precision, recall and F1 over the keys of ``gold``; clusters are cut down to them."""
    keys = sorted(gold)
    by_gold, by_found = _groups(keys, gold), _groups(keys, found)
    precision = recall = 0.0
    for key in keys:
        both = len(by_gold[gold[key]] & by_found[found[key]])
        precision += both / len(by_found[found[key]])
        recall += both / len(by_gold[gold[key]])
    p, r = precision / len(keys), recall / len(keys)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def _groups(keys: Sequence[Key], clusters: Mapping[Key, str]) -> dict[str, set[Key]]:
    groups: dict[str, set[Key]] = {}
    for key in keys:
        groups.setdefault(clusters[key], set()).add(key)
    return groups


def evaluate_clusters(
    clusters: Path, records: Path, coded: Path | None = None, knowledge: Sequence[Path] = ()
) -> LinkScores:
    """Link the events of the gold records (or of coded reports) and measure the result.

    ``knowledge``: folders whose rules of linking go before the packaged ones.
    """
    gold = json.loads(clusters.read_text(encoding="utf-8"))
    wanted = {report for each in gold for report, _ in each["accounts"]}
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(records.glob("*.json"))]
    found = [record for record in found if record["id"] in wanted]
    if coded is None:
        keys = [(record["id"], event["id"]) for record in found for event in record["events"]]
        pairs = {key: key for key in keys}
        linked = [account for record in found for account in accounts_of(record)]
    else:
        lines = [json.loads(line) for line in coded.read_text(encoding="utf-8").splitlines() if line.strip()]
        answers = {line["report"]["id"]: line for line in lines if line["report"]["id"] in wanted}
        pairs = _paired(found, answers)
        linked = [account for id in sorted(answers) for account in accounts_of(answers[id])]
    return _score(gold, pairs, linked, LinkRules.load([DATA, *knowledge]))


def _paired(records: Sequence[Mapping[str, Any]], answers: Mapping[str, Any]) -> dict[Key, Key]:
    from riwaya.evaluation.gold import read_record
    from riwaya.evaluation.score import compare_events

    pairs = {}
    for record in records:
        gold = read_record(record)
        names = {id(event): entry["id"] for event, entry in zip(gold.events, record["events"], strict=True)}
        for pair in compare_events(gold, answers.get(record["id"], {})).pairs:
            pairs[record["id"], names[id(pair.gold)]] = (record["id"], pair.coded["id"])
    return pairs


def _score(
    gold: Sequence[Mapping[str, Any]], pairs: Mapping[Key, Key], linked: Sequence[Account], rules: LinkRules
) -> LinkScores:
    incidents = link_accounts(linked, rules)
    cluster = {account.key: incident.id for incident in incidents for account in incident.accounts}
    listed = {(report, event): each["id"] for each in gold for report, event in each["accounts"]}
    found = {key: cluster.get(pairs[key], "") if key in pairs else f"missed {key}" for key in [*listed, *pairs]}
    scores = LinkScores()
    scores.b3["listed accounts"] = b_cubed(listed, found)
    scores.b3["all accounts"] = b_cubed({key: listed.get(key, f"alone {key}") for key in found}, found)
    by_id = {incident.id: incident.accounts for incident in incidents}
    for each in gold:
        _note_split(each, found, scores)
        held = [found[_key(account)] for account in each["accounts"]]
        fullest = max(sorted(set(held)), key=held.count)
        _score_disputes(each, disputes_of(by_id.get(fullest, ())), scores)
    return scores


def _key(account: Sequence[str]) -> Key:
    return account[0], account[1]


def _note_split(cluster: Mapping[str, Any], found: Mapping[Key, str], scores: LinkScores) -> None:
    parts = sorted({found[_key(account)] for account in cluster["accounts"]})
    if len(parts) > 1:
        scores.errors.append(f"{cluster['id']}: split into {len(parts)}")


def _score_disputes(cluster: Mapping[str, Any], found: Sequence[Field], scores: LinkScores) -> None:
    by_name = {"occurrence" if each.name == "agreement" else each.name: each for each in found}
    for wanted in cluster["disputes"]:
        name = "occurrence" if wanted["field"] == "agreement" else wanted["field"]
        if name not in MEASURED or len(wanted["sides"]) < 2:
            continue
        right = name in by_name and all(_has_side(by_name[name], side) for side in wanted["sides"])
        got, total = scores.disputes.get(name, (0, 0))
        scores.disputes[name] = (got + right, total + 1)
        if not right:
            scores.errors.append(f"{cluster['id']}: dispute of {name} not found with its sides")


def _has_side(found: Field, side: Mapping[str, Any]) -> bool:
    """Whether a side of the field has a source of the gold side (and, for figures and agents, its value)."""
    names = {fold(name) for name in side["sources"]}
    wanted = fold(str(side["value"]))
    for each in found.sides:
        spoken = any(voice.source.keys & names or fold(voice.source.name) in names for voice in each.voices)
        same = fold(each.value) == wanted or found.name in ("occurrence", "agreement")
        if spoken and same and (fold(each.value) == "denied") == (wanted == "denied"):
            return True
    return False
