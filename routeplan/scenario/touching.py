"""What a link touches of all that a policy or --avoid can name: the one rule of what they shut.

A name keeps a link out if and only if the link touches it. The search asks this of every link, the
list of what was kept out counts it, and the reasons in an answer name it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from routeplan.network.vocabulary import LINEHAUL
from routeplan.scenario.request import PASSAGE_COUNTRY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.policy import PolicyEntry
    from routeplan.scenario.request import RouteRequest

_PARTED = re.compile(r"\s*(?:\||/|,| and | or )\s*")


class Touching:
    """Tells what of a network's links a name keeps out.

    Parameters
    ----------
    network
        Whose places and cities they are.
    request
        The question; all operators it keeps out, by policy or by name, count together.
    """

    def __init__(self, network: Network, request: RouteRequest) -> None:
        self._network = network
        self._request = request
        self._operators = Operators(request.avoid.operators | request.kept_by_policy("operators"))

    def names(self, kind: str, edge: Edge) -> Sequence[str]:
        """List the names of a kind that keep a link out, if they are kept out; some twice.

        Parameters
        ----------
        kind
            One of `policy.AVOID_KINDS`, or `flags` for the cargo a link refuses.
        edge
            The link.
        """
        if kind == "operators":
            return self._operators.shut(edge.operator)
        return _TOUCHED[kind](self._network, edge)

    def policy_entry(self, edge: Edge) -> PolicyEntry | None:
        """Return the first entry of the policy that keeps a link out, its countries apart."""
        for entry in self._request.profile.avoid:
            if entry.kind != "countries" and entry.name in self.names(entry.kind, edge):
                return entry
        return None


class Operators:
    """Operators that are kept out.

    A link served by several is shut only when all of them are kept out: another can be booked.
    They are parted by `|`, `/`, a comma, `and` or `or`; case does not matter.

    Parameters
    ----------
    names
        As they were asked for.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._spelled: dict[str, list[str]] = {}
        for name in sorted(names):
            self._spelled.setdefault(name.casefold(), []).append(name)
        self._known: dict[str, tuple[str, ...]] = {}

    def shut(self, operator: str) -> tuple[str, ...]:
        """Return the names that shut the links of an operator, none if another serves them."""
        if not operator or not self._spelled:
            return ()
        found = self._known.get(operator)
        if found is None:
            found = self._known[operator] = self._find(operator)
        return found

    def _find(self, operator: str) -> tuple[str, ...]:
        serving = [name.casefold() for name in operator_names(operator)]
        whole = self._spelled.get(operator.casefold())
        if whole is None and not all(name in self._spelled for name in serving):
            return ()
        parts = [name for one in serving for name in self._spelled.get(one, ())]
        return tuple(sorted({*(whole or ()), *parts}))


def operator_names(text: str) -> list[str]:
    """Part the operators an edge names: `Kazmortransflot|ASCO`, `Air Astana and AZAL`."""
    return [name for name in _PARTED.split(text.strip()) if name]


def _countries(network: Network, edge: Edge) -> tuple[str, ...]:
    """Return the countries of both ends, and those of inland waters on the way."""
    ends = network.nodes[edge.from_node].country, network.nodes[edge.to_node].country
    if not edge.passages:
        return ends
    return *ends, *(PASSAGE_COUNTRY[name] for name in edge.passages if name in PASSAGE_COUNTRY)


def _nodes(network: Network, edge: Edge) -> tuple[str, ...]:
    """Return both ends and the cities they are terminals of."""
    cities = (network.nodes[end].city_id for end in (edge.from_node, edge.to_node))
    return edge.from_node, edge.to_node, *filter(None, cities)


def _modes(_: Network, edge: Edge) -> tuple[str, ...]:
    """Return the mode of a stretch between cities; short truck access is always allowed."""
    return (edge.mode,) if edge.mode is not None and edge.kind in LINEHAUL else ()


_TOUCHED: dict[str, Callable[[Network, Edge], tuple[str, ...]]] = {
    "countries": _countries,
    "nodes": _nodes,
    "edges": lambda _, edge: (edge.edge_id,),
    "corridors": lambda _, edge: (edge.corridor,) if edge.corridor else (),
    "modes": _modes,
    "passages": lambda _, edge: edge.passages,
    "flags": lambda _, edge: edge.forbids,
}
