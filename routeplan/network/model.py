"""The network: all facts of one data folder."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Unpack

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from routeplan.itinerary.model import Plan
    from routeplan.network.adjustment import Adjustment
    from routeplan.network.records import (
        Cargo,
        Closure,
        DefaultTime,
        Duty,
        Edge,
        EmissionFactor,
        Node,
        Parameter,
        Rate,
        Season,
        Source,
    )
    from routeplan.places.options import Options


@dataclass(frozen=True)
class Network:
    """All facts of one data folder. Immutable: a scenario makes another one.

    It can be pickled and sent to other processes; what comes out is equal and as immutable.

    Parameters
    ----------
    nodes, edges, sources
        By id, in file order.
    times, rates, emissions, seasons
        The cards, in file order.
    cargoes, parameters, price_index
        By id, and by year.
    digest
        Hash of the files' bytes: two networks with one digest are the same.
    adjustments
        By edge id: what a scenario does to numbers, and which it changed; empty in the facts.
    closures, duties
        Driving bans and holidays, and import duties, in file order.
    added
        Edges that one question brings along and the compiled form does not hold.
    """

    nodes: Mapping[str, Node]
    edges: Mapping[str, Edge]
    sources: Mapping[str, Source]
    times: tuple[DefaultTime, ...]
    rates: tuple[Rate, ...]
    emissions: tuple[EmissionFactor, ...]
    cargoes: Mapping[str, Cargo]
    seasons: tuple[Season, ...]
    price_index: Mapping[int, float]
    parameters: Mapping[str, Parameter]
    digest: str
    adjustments: Mapping[str, Adjustment] = field(default_factory=lambda: MappingProxyType({}))
    cache_key: str = field(default="", init=False, repr=False, compare=False)
    """Under which its compiled form is on disk; empty for a network made by changing another."""
    closures: tuple[Closure, ...] = ()
    duties: tuple[Duty, ...] = ()
    added: tuple[str, ...] = ()

    @classmethod
    def load(cls, folder: Path | str | None = None) -> Network:
        """Load a network; the same as `load_network`.

        Parameters
        ----------
        folder
            A folder with nodes.csv and edges.csv; None means $ROUTEPLAN_DATA, or the data that
            comes with routeplan.

        Raises
        ------
        DataError
            If a file cannot be read or a rule of severity error is broken.
        """
        from routeplan.network.read import load_network

        return load_network(folder)

    def find(self, origin: str, destination: str, **options: Unpack[Options]) -> Plan:
        """Find ways: `network.find("Astana", "Belgrade", load="2xTEU", avoid="TR")`.

        The same as `find_routes` with a `Question`. The facts know no search: the question goes
        through the front door of the package, which knows who answers.

        Parameters
        ----------
        origin, destination
            Places by name, code or id.
        options
            The fields of `Question`; a lone text stands for a list of one, and a date for its text.

        Raises
        ------
        RequestError
            If the question cannot be understood.
        NoRouteError
            If no way fulfils it.
        """
        import routeplan

        question = routeplan.question_of(origin, destination, **options)
        return routeplan.find_routes(self, question)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the facts, not what was worked out from them; read-only views go as dicts."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        plain = {n: dict(v) if isinstance(v, MappingProxyType) else v for n, v in values.items()}
        return _restored, (plain,)

    @cached_property
    def as_of(self) -> str:
        """The newest date any edge speaks of: the day the network stands for."""
        return max((edge.as_of for edge in self.edges.values()), default="")

    @property
    def version(self) -> str:
        """Short form of the digest, shown with every answer."""
        return self.digest[:12]

    @property
    def price_year(self) -> int:
        """The year all prices are brought to."""
        return int(self.parameter("price_year", 2025))

    def inflation(self, year: int | None) -> float:
        """Return the price level of the price year over that of a year; 1 if either is unknown."""
        there, here = self.price_index.get(year or 0), self.price_index.get(self.price_year)
        return here / there if here and there else 1.0

    def terminals(self, node_id: str) -> tuple[str, ...]:
        """List a node and, where it is a city, the terminals that belong to it."""
        members = tuple(n.node_id for n in self.nodes.values() if n.city_id == node_id)
        return (node_id, *members)

    def parameter(self, parameter_id: str, default: float) -> float:
        """Return a number of the method; the default where the data folder has none."""
        found = self.parameters.get(parameter_id)
        return default if found is None else found.value


def _restored(values: dict[str, Any]) -> Network:
    """Make a network of what `__reduce__` gave away."""
    made: dict[str, Any] = {
        name: MappingProxyType(value) if isinstance(value, dict) else value
        for name, value in values.items()
    }
    cache_key = made.pop("cache_key")
    network = Network(**made)
    object.__setattr__(network, "cache_key", cache_key)
    return network
