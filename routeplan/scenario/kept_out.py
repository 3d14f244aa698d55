"""What keeps links out of every way of a request, and why: policy, --avoid, the cargo, the load."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from routeplan.scenario.touching import Touching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    links = _counts(network, request)
    found = [
        KeptOut(
            "policy", entry.kind, entry.name, links(entry.kind, entry.name),
            entry.reason, entry.source, entry.as_of,
        )
        for entry in request.profile.avoid
    ]  # fmt: skip
    for kind in _AVOID_KINDS:
        found += [
            KeptOut("avoid", kind, str(name), links(kind, name), "Asked for.")
            for name in sorted(getattr(request.avoid, kind))
        ]
    named = request.avoid.passages | request.kept_by_policy("passages")
    found += [
        KeptOut("closed", "passages", name, links("passages", name), _CLOSED_REASONS[name])
        for name in sorted(request.closed_passages - named)
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


def _counts(network: Network, request: RouteRequest) -> Callable[[str, str], int]:
    """Make the function that counts the links a name of a kind touches."""
    touching = Touching(network, request)
    counted: dict[str, Counter[str]] = {}

    def count(kind: str, name: str) -> int:
        if kind not in counted:
            counted[kind] = Counter(
                name
                for edge in network.edges.values()
                for name in dict.fromkeys(touching.names(kind, edge))
            )
        return counted[kind][name]

    return count
