"""The network: all facts of one data folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

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


@dataclass(frozen=True)
class Network:
    """All facts of one data folder. Immutable: a scenario makes another one.

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
