"""``riwaya incidents`` and ``riwaya incident``: what happened by whose account, and what is disputed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from riwaya.commands.storing import JsonOption, StoreOption, console, make_filter, open_existing, print_json, table

if TYPE_CHECKING:
    from riwaya.incidents.disputes import Field
    from riwaya.store import Store
    from riwaya.store.views import IncidentView, PlaceView

ORDER = 62
_QUOTED = 160  # characters of a quotation that are shown


def incidents(
    kind: Annotated[list[str] | None, typer.Option(help="Kind of event; may be given again.")] = None,
    place: Annotated[str | None, typer.Option(help="A place and what lies in it.")] = None,
    actor: Annotated[str | None, typer.Option(help="A party, by name or id.")] = None,
    source: Annotated[str | None, typer.Option(help="A source, by name or id.")] = None,
    stance: Annotated[
        list[str] | None, typer.Option(help="asserts, denies, unconfirmed, claims_responsibility.")
    ] = None,
    status: Annotated[list[str] | None, typer.Option(help="occurred, ongoing, planned, …")] = None,
    since: Annotated[str | None, typer.Option(help="From this day on, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(help="Up to this day, YYYY-MM-DD.")] = None,
    text: Annotated[str | None, typer.Option(help="Words of the reports.")] = None,
    disputed: Annotated[bool, typer.Option("--disputed", help="Only those that sources dispute.")] = False,
    sort: Annotated[str, typer.Option(help="disputed, newest, oldest, accounts.")] = "disputed",
    size: Annotated[int, typer.Option("--size", "-n", help="How many to list.")] = 40,
    json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List incidents, the most disputed first."""
    from riwaya.store.queries import list_incidents

    asked = make_filter(
        kind=kind, place=place, actor=actor, source=source, stance=stance, status=status, since=since, until=until,
        text=text, disputed=disputed or None,
    )  # fmt: skip
    page = list_incidents(open_existing(store), asked, sort=sort, size=size)
    if json:
        print_json({"total": page.total, "incidents": page.items})
        return
    out = table("id", "days", "accounts", "what", "where", "disputed")
    for row in page.items:
        days = _days(row.from_, row.to)
        out.add_row(row.id, days, str(row.accounts), row.line, _where(row.places), ", ".join(row.fields) or "–")
    screen = console()
    screen.print(out)
    screen.print(f"{len(page.items)} of {page.total:,} incidents")


def incident(
    id: Annotated[str, typer.Argument(help="The id of an incident.")],
    json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show an incident: every field with its values and who gives them, when it was said, and the words."""
    from riwaya.store.queries import incident as read

    opened = open_existing(store)
    view = read(opened, id)
    if json:
        print_json(view)
        return
    screen = console()
    told = f"{len(view.accounts)} account{'s' * (len(view.accounts) != 1)}"
    screen.print(f"{view.id}  {view.kind}  {told} in {len(view.reports)} report{'s' * (len(view.reports) != 1)}")
    for field in view.fields:
        _print_field(field)
    _print_deals(opened, view)
    for each in view.ranges:
        low = f"{each.low} ({', '.join(each.low_sources)})" if each.low is not None else "open"
        high = f"{each.high} ({', '.join(each.high_sources)})" if each.high is not None else "open"
        screen.print(f"{each.what}: low {low}; high {high}")
    _print_accounts(view)


def _print_field(field: Field) -> None:
    screen = console()
    screen.print(f"\n{field.name}: {field.state}")
    out = table("  value", "said by", "on", "report", "words")
    for side in field.sides:
        for number, voice in enumerate(side.voices):
            via = f" via {', '.join(voice.via)}" if voice.via else ""
            words = " ".join((voice.sentence or voice.quotation).split())[:_QUOTED]
            value = f"  {side.value}" if number == 0 else ""
            out.add_row(value, f"{voice.source.name} ({voice.stance}){via}", voice.published, voice.report, words)
    screen.print(out)


def _print_deals(store: Store, view: IncidentView) -> None:
    """Under what deal it happened, by whose account: the deals that the same reports tell with it."""
    from riwaya.store.dossiers import deals_behind

    found = deals_behind(store, view.accounts)
    if not found:
        return
    console().print("\ndeal")
    out = table("  deal", "parties", "named by", "reports")
    for deal, voices in found:
        names = ", ".join(dict.fromkeys(voice.source.name for voice in voices))
        reports = ", ".join(dict.fromkeys(voice.report for voice in voices))
        out.add_row(f"  {deal.id}", ", ".join(deal.parties) or "not named", names, reports)
    console().print(out)


def _print_accounts(view: IncidentView) -> None:
    screen = console()
    out = table("report", "event", "published", "outlet", "told as")
    for account in view.accounts:
        carried = f" (also {', '.join(account.carriers)})" if account.carriers else ""
        told = f"{account.kind}, {account.status}: {account.trigger}"
        out.add_row(account.report, account.event, account.published, account.outlet + carried, told)
    screen.print()
    screen.print(out)
    addresses = [(row.id, row.url) for row in view.reports if row.url]
    if addresses:
        screen.print("\naddresses")
    for id, url in addresses:
        screen.print(f"  {id}  {url}", soft_wrap=True)


def explain_incident(id: str, store: str | None) -> None:
    """Print why the accounts of an incident stand together, which others fitted one of them, and which came near."""
    from riwaya.store.joins import near_misses
    from riwaya.store.misses import low_pairs
    from riwaya.store.queries import incident as read

    opened = open_existing(store)
    view = read(opened, id)
    screen = console()
    screen.print(f"{view.id}  {view.kind}  {len(view.accounts)} accounts\n\ntogether because")
    for pair in view.joins:
        screen.print(_pair_line(pair))
    for each in view.judgements:
        screen.print(f"  judged {each['verdict']} by {each['coder']} at {each['at']}: {each['reason'] or ''}")
    screen.print("\nfitted one account, but not the whole")
    for pair in near_misses(opened, id):
        screen.print(f"{_pair_line(pair)}  → {pair['incident']}")
    screen.print("\nnear, but short of the threshold")
    for pair in low_pairs(opened, id):
        screen.print(f"{_pair_line(pair)}  → {pair['incident']}")


def _pair_line(pair: dict[str, Any]) -> str:
    terms = " ".join(f"{name} {weight:+.1f}" for name, weight in pair["terms"])
    return f"  {'/'.join(pair['a'])} – {'/'.join(pair['b'])}  {pair['score']:.1f} = {terms}"


def _days(low: str | None, high: str | None) -> str:
    return "–" if not low else low if low == high or not high else f"{low}…{high}"


def _where(places: tuple[PlaceView, ...]) -> str:
    return ", ".join(dict.fromkeys(place.name for place in places[:3])) or "–"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(incidents)
    app.command()(incident)
