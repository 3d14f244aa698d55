"""What keeps links out of every way of a request, and why: policy, --avoid, the cargo, the load."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from routeplan.network.vocabulary import LINEHAUL
from routeplan.scenario.request import CLOSED_PASSAGES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.request import RouteRequest
    from routeplan.scenario.shipment import Shipment

_CLOSED_REASONS = {
    "suez": "Container lines to Europe sail round the Cape; --allow suez opens it.",
    "volga-don": "Russian inland water, open in summer only; only --allow volga-don opens it.",
}
_AVOID_KINDS = ("countries", "nodes", "edges", "corridors", "modes", "passages", "operators")
_NAMED_LINKS = 2


class KeptOut(NamedTuple):
    """One thing that keeps links out.

    Parameters
    ----------
    by
        `policy`, `avoid`, `closed` (a passage nobody allowed), `cargo` or `load`.
    kind, name
        What: one of `policy.AVOID_KINDS` and a name of it; for a cargo `flags` and the flag, for a
        load `load` and the load.
    links
        How many links of the network it keeps out; 0 if it keeps none out.
    reason, source, as_of
        Why, where that is from, and the date it speaks of.
    """

    by: str
    kind: str
    name: str
    links: int
    reason: str
    source: str = ""
    as_of: str = ""


def find_kept_out(network: Network, request: RouteRequest) -> tuple[KeptOut, ...]:
    """List what keeps links out of a request, each with its reason and the links it touches.

    A link may be kept out by several of them, and counts for each. A link that is closed, or not
    open yet, is no matter of this list.

    Parameters
    ----------
    network
        The facts.
    request
        The question.

    Returns
    -------
    tuple of KeptOut
        Policy first, in the order of its file; then --avoid, closed passages, cargo and load.
    """
    touched = _Touched(network)
    profile = request.profile
    found = [
        KeptOut(
            "policy", entry.kind, entry.name,
            touched.links(entry.kind, entry.name, profile.avoided(entry.kind)),
            entry.reason, entry.source, entry.as_of,
        )
        for entry in profile.avoid
    ]  # fmt: skip
    for kind in _AVOID_KINDS:
        found += [
            KeptOut("avoid", kind, str(name), touched.links(kind, str(name), names), "Asked for.")
            for names in (getattr(request.avoid, kind),)
            for name in sorted(names)
        ]
    named = request.avoid.passages | request.kept_by_policy("passages")
    found += [
        KeptOut("closed", "passages", name, touched.count("passages", name), _CLOSED_REASONS[name])
        for name in sorted(CLOSED_PASSAGES - request.allowed_passages - named)
    ]
    return (*found, *_refused(network, request.shipment))


def _refused(network: Network, shipment: Shipment) -> Iterator[KeptOut]:
    """Yield what the cargo and the load are refused for."""
    for flag in shipment.flags:
        refusing = [edge for edge in network.edges.values() if flag in edge.forbids]
        if refusing:
            reason = f"Links that take no {flag} cargo: {_by_mode(refusing)}."
            yield KeptOut("cargo", "flags", flag, len(refusing), reason)
    whole = [edge for edge in network.edges.values() if shipment.is_too_heavy_for(edge)]
    if whole:
        reason = f"Links that take less, and have no next departure: {_by_mode(whole)}."
        yield KeptOut("load", "load", shipment.text, len(whole), reason)


def _by_mode(edges: list[Edge]) -> str:
    """Count links by mode and name those of a mode with few: `26 by air, 1 by rail (id)`."""
    texts = []
    for mode, count in sorted(Counter(str(edge.mode) for edge in edges).items()):
        ids = [edge.edge_id for edge in edges if edge.mode == mode] if count <= _NAMED_LINKS else []
        named = f" ({', '.join(ids)})" if ids else ""
        texts.append(f"{count} by {mode}{named}")
    return ", ".join(texts)


class _Touched:
    """Counts the links that something named touches."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._counts: dict[str, Counter[str]] = {}

    def links(self, kind: str, name: str, among: Collection[str]) -> int:
        """Count the links a name keeps out; an operator together with the others kept out."""
        if kind != "operators":
            return self.count(kind, name)
        from routeplan.scenario.policy import operator_names, without_operators

        operators = without_operators(among)
        own = name.casefold()
        return sum(
            own in {name.casefold() for name in (edge.operator, *operator_names(edge.operator))}
            and operators.bars(edge) is not None
            for edge in self._network.edges.values()
            if edge.operator
        )

    def count(self, kind: str, name: str) -> int:
        """Count the links that touch a name."""
        if kind == "nodes":
            ids = set(self._network.terminals(name))
            edges = self._network.edges.values()
            return sum(edge.from_node in ids or edge.to_node in ids for edge in edges)
        if kind not in self._counts:
            self._counts[kind] = Counter(self._names(kind))
        return self._counts[kind][name]

    def _names(self, kind: str) -> Iterator[str]:
        """Yield what each link touches of a kind, each name once a link."""
        nodes = self._network.nodes
        for edge in self._network.edges.values():
            if kind == "countries":
                yield from {nodes[edge.from_node].country, nodes[edge.to_node].country}
            elif kind == "passages":
                yield from edge.passages
            elif kind == "modes":
                if edge.kind in LINEHAUL:
                    yield str(edge.mode)
            else:
                yield edge.edge_id if kind == "edges" else edge.corridor
