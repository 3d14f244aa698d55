"""Bars in words: the reason that a way is not allowed, and what lifts it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from routeplan.graph.bars import Bar, BarKind, bars_of
from routeplan.network.vocabulary import Mode
from routeplan.places.countries import country_name
from routeplan.scenario.request import PASSAGE_COUNTRY, Measure
from routeplan.scenario.touching import Touching
from routeplan.search.front import measured
from routeplan.units import days_text, kg_text, money_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.graph.model import Arc
    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.request import RouteRequest

_NAMED = 3
"""Links named of one bar; the rest is counted."""

_LIMIT = {
    Measure.TIME: "--max-days",
    Measure.COST: "--max-cost",
    Measure.CO2: "--max-co2e",
    Measure.TRANSSHIPMENTS: "--max-transshipments",
}


class Wording:
    """Says of a question and a way what bars it.

    Parameters
    ----------
    network
        The facts.
    request
        The question.
    path
        The way spoken of; names the links behind a bar that is not of one link alone.
    """

    def __init__(self, network: Network, request: RouteRequest, path: Sequence[Arc] = ()) -> None:
        self._network = network
        self._request = request
        self._path = path
        self._bars_on = bars_of(network, request)

    def lift(self, bar: Bar) -> str:
        """Say what lifts a bar, as in `There is one ...`."""
        kind, name = bar
        if kind is BarKind.LIMIT:
            return f"with {self._raised(Measure(name))}"
        if kind is BarKind.LOAD:
            return f"with --load {self.most_t():g}t"
        if kind is BarKind.PLANNED:
            return f"with --include-planned for {self.links(bar)}"
        if kind is BarKind.DAY:
            return f"on another day for {self.links(bar)}"
        return {
            BarKind.POLICY: f"with --policy none, letting in {_listed(self.kept_out())}",
            BarKind.PASSAGE: f"with --allow {name}",
            BarKind.MODE: f"with {name} in --mode",
            BarKind.CARGO: f"with --cargo that is not {name}",
            BarKind.VIA: f"without --via {self.place(name)}",
        }.get(kind) or f"without --avoid {self._avoided(bar)}"

    def reason(self, bar: Bar) -> str:
        """Say what a bar does, as a sentence without its full stop."""
        kind, name = bar
        if kind is BarKind.LIMIT:
            measure = Measure(name)
            return f"it takes {self._taken(measure)}, over {_LIMIT[measure]} {self._limit(measure)}"
        if kind is BarKind.LOAD:
            carried = f"{self._request.shipment.mass_t:g} t"
            return f"a load of {carried} is over {self.most_t():g} t: {self.links(bar)}"
        if kind is BarKind.NO_TRANSSHIPMENT:
            node_id, before, after = name.split()
            how = f"from {before} to {after}" if before != after else f"from {before} to {before}"
            return f"no transshipment {how} at {self.place(node_id)}"
        if kind in (BarKind.NO_LINK, BarKind.NO_GAUGE_CHANGE):
            return _gap_text(kind, [self.place(node_id) for node_id in name.split()])
        of_link = {
            BarKind.CLOSED: "{link} is closed",
            BarKind.ONE_WAY: "{link} leads only the other way",
        }
        if kind in of_link:
            return of_link[kind].format(link=self.link(self._network.edges[name]))
        return {
            BarKind.POLICY: f"--policy {self._request.policy} keeps out {_listed(self.kept_out())}",
            BarKind.PASSAGE: f"{name} is closed unless named (--allow {name})",
            BarKind.MODE: f"--mode leaves out {name}: {self.links(bar)}",
            BarKind.CARGO: f"no {name} cargo is taken: {self.links(bar)}",
            BarKind.PLANNED: f"not open yet: {self.links(bar)} (--include-planned)",
            BarKind.DAY: f"not open that day: {self.links(bar)}",
            BarKind.VIA: f"it does not pass {self.place(name)} as --via asks",
        }.get(kind) or f"--avoid keeps out {self._avoided(bar)}"

    def place(self, node_id: str) -> str:
        """Name a place."""
        node = self._network.nodes.get(node_id)
        return node.name or node_id if node else node_id

    def link(self, edge: Edge) -> str:
        """Name a link: `rail Kars - Dilucu`, `rail to sea at Anaklia port`."""
        start, end = self.place(edge.from_node), self.place(edge.to_node)
        if edge.to_mode is not None and edge.from_node == edge.to_node:
            return f"{edge.mode} to {edge.to_mode} at {start}"
        return f"{edge.mode or Mode.ROAD} {start} - {end}"

    def links(self, bar: Bar) -> str:
        """Name the links of the way that a bar shuts, a few of them, with the day they open."""
        edges = {a.edge.edge_id: a.edge for a in self._path if bar in self._bars_on(a.edge)}
        named = [self.link_on_day(edge, bar) for edge in edges.values()]
        more = [f"{len(named) - _NAMED} more"] if len(named) > _NAMED else []
        return ", ".join(chain(named[:_NAMED], more)) or "a link"

    def kept_out(self) -> list[str]:
        """Name what the policy keeps out of the way: countries in the order of travel, the rest."""
        codes = self._request.kept_by_policy("countries")
        found: dict[str, None] = {}
        for arc in self._path:
            for node_id in (arc.tail.node_id, arc.head.node_id):
                found.setdefault(self._network.nodes[node_id].country)
            for passage in arc.edge.passages:
                found.setdefault(PASSAGE_COUNTRY.get(passage, ""))
        touching = Touching(self._network, self._request)
        entries = (touching.policy_entry(arc.edge) for arc in self._path)
        others = dict.fromkeys(entry.text for entry in entries if entry is not None)
        return [country_name(code) for code in found if code in codes] + list(others)

    def most_t(self) -> float:
        """Return the load that goes on every departure of the way."""
        heavy = [a.edge for a in self._path if Bar(BarKind.LOAD) in self._bars_on(a.edge)]
        most = [edge.max_lot_t for edge in heavy if edge.max_lot_t is not None]
        return min(most, default=0.0)

    def link_on_day(self, edge: Edge, bar: Bar) -> str:
        """Name a link that a bar of its day shuts, with the days it is open or announced for."""
        text = self.link(edge)
        if bar.kind is BarKind.PLANNED and edge.open_from:
            return f"{text} announced for {edge.open_from}"
        if bar.kind is BarKind.DAY:
            days = [("from", edge.open_from), ("until", edge.open_to)]
            return " ".join([text, "open", *(f"{word} {day}" for word, day in days if day)])
        return text

    def _avoided(self, bar: Bar) -> str:
        if bar.kind is BarKind.AVOID_COUNTRY:
            return country_name(bar.name)
        if bar.kind is BarKind.AVOID_PLACE:
            return self.place(bar.name)
        return bar.name

    def _raised(self, measure: Measure) -> str:
        """Write the option that would let the way pass: its limit raised as little as it takes."""
        total = sum(measured(arc, measure) for arc in self._path)
        value = {
            Measure.TIME: lambda: f"{-(-total // 144) / 10:g}",
            Measure.COST: lambda: f"{-(-total // 100)}",
            Measure.CO2: lambda: f"{-(-total // 1000)}",
        }.get(measure, lambda: str(total))()
        return f"{_LIMIT[measure]} {value}"

    def _limit(self, measure: Measure) -> str:
        limits = self._request.limits
        given = {
            Measure.TIME: None if limits.time_h is None else limits.time_h / 24,
            Measure.COST: limits.cost_usd,
            Measure.CO2: limits.co2e_kg,
            Measure.TRANSSHIPMENTS: limits.transshipments,
        }[measure]
        return f"{given:g}"

    def _taken(self, measure: Measure) -> str:
        total = sum(measured(arc, measure) for arc in self._path)
        if measure is Measure.TIME:
            return f"{days_text(total / 60)} on average"
        if measure is Measure.COST:
            return f"{money_text(total / 100)} USD"
        if measure is Measure.CO2:
            return f"{kg_text(total / 1000)} kg CO2e"
        return f"{total} transshipments"


def _listed(names: Sequence[str]) -> str:
    """Write `a, b and c`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _gap_text(kind: BarKind, places: Sequence[str]) -> str:
    if not places:
        return "no chain of links, even with those closed, planned or the wrong way"
    what = "change of gauge" if kind is BarKind.NO_GAUGE_CHANGE else "link"
    return f"no {what} between {places[0]} and {places[1]}"
