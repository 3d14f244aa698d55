"""What is known about one place or link: its values, its links, and its sources in full."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from routeplan.network.column import columns_of
from routeplan.network.records import Edge, Node
from routeplan.render.listing import delimited_text, json_text
from routeplan.render.output import Format
from routeplan.units import duration_text, km_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from routeplan.network.model import Network
    from routeplan.network.provenance import Sourced


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
        For a place: one row per edge at it or its terminals.
    sources
        Every source its numbers name.
    """

    title: str
    values: dict[str, Any]
    links: list[dict[str, Any]] = field(default_factory=list)
    sources: list[dict[str, str]] = field(default_factory=list)


def node_facts(network: Network, node_id: str) -> Facts:
    """Gather what is known about a place; a city brings its terminals' links along."""
    node = network.nodes[node_id]
    members = network.terminals(node_id)
    links = [
        _link_row(edge)
        for edge in network.edges.values()
        if edge.from_node in members or edge.to_node in members
    ]
    values = _known(node, Node)
    if len(members) > 1:
        values["terminals"] = list(members[1:])
    return Facts(node.name or node_id, values, links, _sources(network, [node]))


def edge_facts(network: Network, edge_id: str) -> Facts:
    """Gather what is known about a link."""
    edge = network.edges[edge_id]
    start, end = network.nodes[edge.from_node], network.nodes[edge.to_node]
    values = _known(edge, Edge)
    return Facts(
        f"{edge_id}: {start.name or start.node_id} - {end.name or end.node_id}",
        values,
        sources=_sources(network, [edge]),
    )


def facts_text(facts: Facts, form: Format) -> str:
    """Write facts as a table, JSON or TSV."""
    if form is Format.JSON:
        return json_text(
            {
                "title": facts.title,
                "values": facts.values,
                "links": facts.links,
                "sources": facts.sources,
            }
        )
    if form is Format.TSV:
        rows = [{"key": key, "value": value} for key, value in facts.values.items()]
        rows += [{"key": "link", "value": row["edge_id"]} for row in facts.links]
        rows += [{"key": "source", "value": row["url"] or row["title"]} for row in facts.sources]
        return delimited_text(rows, "\t")
    return _facts_table(facts)


def _facts_table(facts: Facts) -> str:
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from routeplan.render.console import table_text

    known = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    known.add_column(style="dim", no_wrap=True)
    known.add_column(overflow="fold")
    for key, value in facts.values.items():
        known.add_row(key, Text(_shown(value)))
    parts: list[Any] = [Text(facts.title, style="bold"), known]
    if facts.links:
        parts.append(Text(f"\n{len(facts.links)} links; card: by the default times", style="bold"))
        links = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1))
        for name in facts.links[0]:
            right = name in ("km", "time", "wait")
            links.add_column(name, justify="right" if right else "left", overflow="fold")
        for row in facts.links:
            links.add_row(*(Text(str(value)) for value in row.values()))
        parts.append(links)
    if facts.sources:
        parts.append(Text("\nSources", style="bold"))
        for row in facts.sources:
            parts.append(Text(f"{row['source_id']}: {row['publisher']} {row['as_of']}"))
            parts.append(Text(f"  {row['url'] or row['title']}", style="dim"))
    return table_text(Group(*parts))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _known(record: Node | Edge, kind: type) -> dict[str, Any]:
    values = {c.name: getattr(record, c.name) for c in columns_of(kind)}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value not in (None, "", ())
    }


def _link_row(edge: Edge) -> dict[str, Any]:
    same = edge.from_node == edge.to_node
    arrow = "->" if edge.directed else "<->"
    return {
        "edge_id": edge.edge_id,
        "what": str(edge.kind),
        "mode": f"{edge.mode} {arrow} {edge.to_mode}" if edge.to_mode else str(edge.mode),
        "where": edge.from_node if same else f"{edge.from_node} {arrow} {edge.to_node}",
        "km": km_text(edge.distance_km) if edge.distance_km else "",
        "time": "card" if edge.time_h is None else duration_text(edge.time_h),
        "wait": duration_text(edge.wait_h) if edge.wait_h else "",
        "status": str(edge.status),
    }


def _sources(network: Network, records: Iterable[Sourced]) -> list[dict[str, str]]:
    ids: dict[str, None] = {}
    for record in records:
        for token in record.source_ids:
            ids.setdefault(token.rpartition(":")[2])
    found = []
    for source_id in ids:
        source = network.sources.get(source_id)
        found.append(
            {
                "source_id": source_id,
                "publisher": source.publisher if source else "",
                "title": source.title if source else "not in sources.csv",
                "as_of": source.as_of if source else "",
                "url": source.url if source else "",
            }
        )
    return found
