"""The way somebody had in mind, as text -> what it has to pass, or its very edges."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routeplan.errors import RequestError, UnknownPlaceError
from routeplan.network.vocabulary import LINEHAUL, Mode
from routeplan.places.avoidance import read_selector, split_names
from routeplan.places.countries import country_name
from routeplan.places.index import PlaceIndex
from routeplan.search.relaxed import Pass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.graph.model import Arc
    from routeplan.network.model import Network
    from routeplan.scenario.request import RouteRequest

_LEADING = re.compile(r"(?:via|by|through|over|along)\s+", re.IGNORECASE)
_FILE = re.compile(r"(?P<path>.+\.json)(?:#(?P<rank>.*))?\Z", re.IGNORECASE)
_SCHEMA = "routeplan/find/"
_BY = ("mode", "corridor", "edge", "passage")
_MAINLY = (Mode.RAIL, Mode.ROAD, Mode.AIR)
"""Who asks why not by air means a flight most of the way; a ship or a ferry is part of one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A way somebody had in mind.

    Parameters
    ----------
    text
        As written.
    title
        In words, to begin a sentence with: `Via Constanta`.
    passes
        What it has to pass, in order; empty for a saved way.
    mainly
        Whether most of its kilometres are to be on what it passes, as of a way by air.
    of_place
        Whether it is a place, which a way may leave as it came where it is the end of a line.
    edges
        For a saved way, each leg as edge id, start, end and mode.
    """

    text: str
    title: str
    passes: tuple[Pass, ...] = ()
    mainly: bool = False
    of_place: bool = False
    edges: tuple[tuple[str, str, str, str], ...] = ()

    def suits(self, path: Sequence[Arc]) -> bool:
        """Whether a way is what was meant; asked where one thing is to be passed."""
        met = [arc for arc in path if self.passes[0].met_by(arc)]
        if not met:
            return False
        if self.mainly:
            hauled = sum(arc.distance_km for arc in path if arc.edge.kind in LINEHAUL)
            return 2 * sum(arc.distance_km for arc in met) > hauled
        edges = [arc.edge.edge_id for arc in path]
        return len(set(edges)) == len(edges)


def read_wanted(network: Network, text: str, request: RouteRequest) -> Wanted:
    """Read what `--why-not` says.

    Parameters
    ----------
    network
        Whose places, countries, edges, corridors and passages it may name.
    text
        `via Constanta`; a chain of places such as `Aktau, Alat, Poti, Constanta`; a country, mode,
        corridor, edge or passage, with a prefix such as `mode:` where a name is more than one; or
        `FILE.json#RANK`, a way of an answer that `find -o FILE.json` wrote.
    request
        The question; a saved way must join its places.

    Raises
    ------
    RequestError
        If it names nothing known, or the file cannot be read or is of another question.
    """
    if found := _FILE.match(text.strip()):
        return _read_saved(network, text, found["path"], found["rank"], request)
    index = PlaceIndex(network)
    rest = _LEADING.sub("", text.strip(), count=1)
    names = [part.strip() for part in split_names(index, rest) if part.strip()]
    if not names:
        raise RequestError('--why-not names nothing. Write it as "via Constanta".')
    parts = [_read_part(network, index, name) for name in names]
    words = ", ".join(title for _, title, _ in parts)
    kind, title, _ = parts[0]
    alone = len(parts) == 1
    return Wanted(
        text,
        f"{'by' if alone and kind in _BY else 'via'} {words}",
        tuple(part for _, _, part in parts),
        mainly=alone and (kind == "corridor" or (kind == "mode" and title in _MAINLY)),
        of_place=alone and kind == "node",
    )


def _read_part(network: Network, index: PlaceIndex, name: str) -> tuple[str, str, Pass]:
    try:
        kind, value = read_selector(network, index, name, "--why-not")
    except UnknownPlaceError as error:
        raise RequestError(f"--why-not: {error}") from None
    if kind == "node":
        return kind, network.nodes[value].name or value, Pass(frozenset(network.terminals(value)))
    if kind == "country":
        inside = frozenset(n.node_id for n in network.nodes.values() if n.country == value)
        if not inside:
            raise RequestError(
                f"--why-not: no place of the network lies in {country_name(value)}. "
                "`routeplan places` lists what it knows."
            )
        return kind, country_name(value), Pass(inside)
    fits = {
        "mode": lambda arc: arc.edge.kind in LINEHAUL and arc.edge.mode is Mode(value),
        "corridor": lambda arc: arc.edge.corridor == value,
        "edge": lambda arc: arc.edge.edge_id == value,
        "passage": lambda arc: value in arc.edge.passages,
    }[kind]
    title = value if kind in ("mode", "passage") else f"{kind} {value}"
    return kind, title, Pass(fits=fits)


def _read_saved(
    network: Network, text: str, path: str, rank_text: str | None, request: RouteRequest
) -> Wanted:
    rank = _rank(text, rank_text)
    answer = _read_json(path)
    ways = answer.get("itineraries")
    if not str(answer.get("schema", "")).startswith(_SCHEMA) or not isinstance(ways, list):
        raise RequestError(
            f"--why-not {path}: not an answer of find. Write one with find -o {Path(path).name}."
        )
    if not 1 <= rank <= len(ways):
        raise RequestError(f"--why-not {text}: no way {rank}. {path} has 1 to {len(ways)}.")
    try:
        legs = [
            (leg["edge_id"], leg["from"], leg["to"], leg["mode"]) for leg in ways[rank - 1]["legs"]
        ]
    except (KeyError, TypeError):
        raise RequestError(f"--why-not {text}: its legs are not whole. Write it anew.") from None
    _check_legs(network, text, legs, answer)
    ends = [legs[0][1], legs[-1][2]] if legs else []
    if ends != [request.origin, request.destination]:
        asked = " ".join(_name(network, node_id) for node_id in ends)
        raise RequestError(f"--why-not {text}: a way of another question. Ask explain {asked}.")
    return Wanted(text, f"way {rank} of {Path(path).name}", edges=tuple(legs))


def _rank(text: str, rank: str | None) -> int:
    if rank is None:
        return 1
    if not rank.isascii() or not rank.isdigit():
        raise RequestError(f'--why-not {text}: "{rank}" is no rank. Write FILE.json#2.')
    return int(rank)


def _read_json(path: str) -> dict[str, Any]:
    try:
        found = json.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise RequestError(f"--why-not: cannot read {path}: {reason}.") from None
    except ValueError as error:
        raise RequestError(f"--why-not {path}: not JSON ({error}).") from None
    return found if isinstance(found, dict) else {}


def _check_legs(
    network: Network, text: str, legs: list[tuple[str, str, str, str]], answer: dict[str, Any]
) -> None:
    """Refuse a way over edges that this network does not have."""
    gone = [leg[0] for leg in legs if leg[0] not in network.edges]
    if gone:
        version = answer.get("network", {}).get("version", "unknown")
        raise RequestError(
            f'--why-not {text}: this network has no edge "{gone[0]}". The file is of version '
            f"{version}, the network of {network.version}; write it anew."
        )


def _name(network: Network, node_id: str) -> str:
    node = network.nodes.get(node_id)
    name = node.name if node else node_id
    return f'"{name}"' if " " in name else name


def arcs_of(wanted: Wanted, arcs: tuple[Arc, ...]) -> tuple[Arc, ...]:
    """Find the arcs of a saved way.

    Raises
    ------
    RequestError
        If one of its edges no longer leads so.
    """
    known = {(a.edge.edge_id, a.tail.node_id, a.head.node_id, str(a.tail.mode)): a for a in arcs}
    lost = [leg for leg in wanted.edges if leg not in known]
    if lost:
        edge_id, start, end, mode = lost[0]
        raise RequestError(
            f"--why-not {wanted.text}: {edge_id} does not lead from {start} to {end} by {mode} in "
            "this network. Write the file anew."
        )
    return tuple(known[leg] for leg in wanted.edges)
