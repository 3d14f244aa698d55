"""What is known about one place or link: its values, its links, and its sources in full."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from routeplan.errors import UnknownPlaceError
from routeplan.network.column import columns_of
from routeplan.network.records import Edge, Node
from routeplan.network.vocabulary import EdgeKind, Status
from routeplan.places.index import PlaceIndex
from routeplan.render.cells import cell_text, plain
from routeplan.render.listing import json_text, tsv_text
from routeplan.render.output import Format, Look
from routeplan.render.sources import source_lines
from routeplan.render.way import carriage, label
from routeplan.units import duration_text, km_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from routeplan.network.model import Network
    from routeplan.network.provenance import Sourced

FACTS_FORMATS = (Format.TABLE, Format.JSON, Format.TSV)
_KINDS = (
    EdgeKind.MOVE,
    EdgeKind.BORDER,
    EdgeKind.GAUGE_CHANGE,
    EdgeKind.ACCESS,
    EdgeKind.TRANSSHIP,
)
_KIND_WORDS: dict[EdgeKind | None, str] = {
    EdgeKind.BORDER: "{mode} border",
    EdgeKind.GAUGE_CHANGE: "gauge change",
    EdgeKind.ACCESS: "truck access",
}


@dataclass(frozen=True)
class Facts:
    """What is known about one thing.

    Parameters
    ----------
    title
        Its name.
    values
        Column -> value, the known ones only.
    links
        For a place: the edges at it or its terminals, by terminal.
    sources
        Every source its numbers name.
    """

    title: str
    values: dict[str, Any]
    links: dict[Node, list[Link]] = field(default_factory=dict)
    sources: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Link:
    """An edge as seen from one of its ends.

    Parameters
    ----------
    edge
        The fact.
    here, there
        This end and the other; one and the same for a transshipment.
    """

    edge: Edge
    here: Node
    there: Node


def facts_about(network: Network, text: str) -> Facts:
    """Gather what is known about a link by its id, or a place by any of its names.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        If it is neither, with the nearest places and links; or if it may be several places.
    """
    if text in network.edges:
        return edge_facts(network, text)
    try:
        return node_facts(network, PlaceIndex(network).get(text))
    except UnknownPlaceError as error:
        close = get_close_matches(text.lower(), network.edges, 3, cutoff=0.8)
        raise UnknownPlaceError(error.text, [*error.suggestions, *close]) from None


def node_facts(network: Network, node_id: str) -> Facts:
    """Gather what is known about a place; a city brings its terminals' links along."""
    node = network.nodes[node_id]
    members = network.terminals(node_id)
    links: dict[Node, list[Link]] = {}
    for edge in sorted(network.edges.values(), key=lambda edge: _KINDS.index(edge.kind)):
        ends = (edge.from_node, edge.to_node)
        here = next((member for member in members if member in ends), None)
        if here is not None:
            there = ends[1] if here == ends[0] else ends[0]
            link = Link(edge, network.nodes[here], network.nodes[there])
            links.setdefault(link.here, []).append(link)
    values = _known(node, Node)
    if len(members) > 1:
        values["terminals"] = list(members[1:])
    ordered = {n: links[n] for n in (network.nodes[m] for m in members) if n in links}
    return Facts(label(node), values, ordered, _sources(network, node))


def edge_facts(network: Network, edge_id: str) -> Facts:
    """Gather what is known about a link."""
    edge = network.edges[edge_id]
    start, end = network.nodes[edge.from_node], network.nodes[edge.to_node]
    where = label(start)
    if start is not end:
        where += f" {'->' if edge.directed else '<->'} {label(end)}"
    return Facts(f"{edge_id}: {where}", _known(edge, Edge), sources=_sources(network, edge))


def facts_text(facts: Facts, form: Format, look: Look) -> str:
    """Write facts as a table, JSON or TSV."""
    links = [link for group in facts.links.values() for link in group]
    if form is Format.JSON:
        return json_text(
            {
                "title": facts.title,
                "values": facts.values,
                "links": [_link_dict(link.edge) for link in links],
                "sources": facts.sources,
            }
        )
    if form is Format.TSV:
        rows = [{"key": key, "value": value} for key, value in facts.values.items()]
        rows += [{"key": "link", "value": link.edge.edge_id} for link in links]
        rows += [{"key": "source", "value": row["url"] or row["title"]} for row in facts.sources]
        return tsv_text(rows)
    return _facts_table(facts, look)


def _facts_table(facts: Facts, look: Look) -> str:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from routeplan.render.console import console_text, make_console

    console = make_console(look)
    console.print(Text(facts.title, style="bold"))
    known = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    known.add_column(style="dim", no_wrap=True)
    known.add_column(overflow="fold")
    for key, value in facts.values.items():
        if key != "source_ids":
            shown = ", ".join(value) if isinstance(value, list) else cell_text(value)
            known.add_row(key, Text(plain(shown)))
    console.print(known)
    if facts.links:
        console.print()
        console.print(_links_table(facts, console))
    if facts.sources:
        heading = Text("\nSources", style="bold")
        console.print(Group(heading, *source_lines(facts.sources)), crop=False)
    return console_text(console)


def _links_table(facts: Facts, console: Console) -> Table:
    """List the links of each terminal under its name."""
    from rich.text import Text

    from routeplan.render.console import ruled_table

    table = ruled_table(console)
    count = sum(map(len, facts.links.values()))
    table.title = f"{count} link{'' if count == 1 else 's'}; card: by the default times"
    table.title_justify, table.title_style = "left", "bold"
    table.add_column("Link", overflow="fold")
    for name in ("km", "Time", "Wait"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Edge", style="dim", no_wrap=console.width >= 72, overflow="fold")
    for here, links in facts.links.items():
        if len(facts.links) > 1:
            table.add_row(Text(label(here), style="bold"))
        for link in links:
            table.add_row(*_link_cells(link))
    return table


def _link_cells(link: Link) -> Iterator[Text | str]:
    from rich.text import Text

    edge = link.edge
    yield Text(_link_text(link))
    yield km_text(edge.distance_km) if edge.distance_km else ""
    yield "card" if edge.time_h is None else duration_text(edge.time_h)
    yield duration_text(edge.wait_h) if edge.wait_h else ""
    yield Text(edge.edge_id)


def _link_text(link: Link) -> str:
    """Write a link as seen from here: `sea -> Alat port`, `rail to sea and back`."""
    edge = link.edge
    status = "" if edge.status is Status.OPEN else f" ({edge.status})"
    if edge.kind is EdgeKind.TRANSSHIP:
        back = "" if edge.directed else " and back"
        return f"{carriage(edge.mode)} to {carriage(edge.to_mode)}{back}{status}"
    outward = "->" if edge.from_node == link.here.node_id else "<-"
    arrow = outward if edge.directed else "<->"
    what = _KIND_WORDS.get(edge.kind, "{mode}").format(mode=edge.mode)
    vehicle = f" ({edge.vehicle})" if edge.vehicle else ""
    return f"{what}{vehicle} {arrow} {label(link.there)}{status}"


def _link_dict(edge: Edge) -> dict[str, Any]:
    return {
        "edge_id": edge.edge_id,
        "kind": str(edge.kind),
        "mode": str(edge.mode),
        "to_mode": str(edge.to_mode) if edge.to_mode else None,
        "vehicle": str(edge.vehicle) if edge.vehicle else None,
        "from": edge.from_node,
        "to": edge.to_node,
        "directed": edge.directed,
        "distance_km": edge.distance_km,
        "time_h": edge.time_h,
        "wait_h": edge.wait_h,
        "status": str(edge.status),
    }


def _known(record: Node | Edge, kind: type) -> dict[str, Any]:
    values = {c.name: getattr(record, c.name) for c in columns_of(kind)}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value not in (None, "", ())
    }


def _sources(network: Network, record: Sourced) -> list[dict[str, Any]]:
    """List the sources a row names, each with the numbers it is for; none means all of them."""
    metrics: dict[str, list[str]] = {}
    for token in record.source_ids:
        metric, _, source_id = token.rpartition(":")
        metrics.setdefault(source_id, []).extend([metric] if metric else [])
    found = []
    for source_id, backed in metrics.items():
        source = network.sources.get(source_id)
        found.append(
            {
                "source_id": source_id,
                "for": backed,
                "publisher": source.publisher if source else "",
                "title": source.title if source else "not in sources.csv",
                "as_of": source.as_of if source else "",
                "url": source.url if source else "",
            }
        )
    return found
