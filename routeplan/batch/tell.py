"""A way as cells of a result row, without an itinerary: only what the cells need, each part once.

Ways of a batch share most of what is told of them. Names and countries go with the edges passed,
percentiles with the times of the legs; cost and emissions are sums.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from routeplan.itinerary.build import build_leg, countries_of, is_border, leg_elements
from routeplan.itinerary.way import way_line
from routeplan.network.vocabulary import EdgeKind
from routeplan.risk.certainty import Certainty, certainty_from
from routeplan.risk.vectorised import Summer

if TYPE_CHECKING:
    from routeplan.graph.model import Arc
    from routeplan.itinerary.model import Leg
    from routeplan.network.model import Network
    from routeplan.risk.simulate import Element

_REMEMBERED = 4096
_MOST_PARTS = 20_000


class _Part(NamedTuple):
    """What an arc adds to a row.

    `shape` and `times` are numbers that are equal for equal edges passed, and for equal times.
    """

    distance_km: float
    mean_h: float
    shape: int
    times: int


class Teller:
    """Tells ways.

    Parameters
    ----------
    network
        Whose nodes they touch.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        common_share = network.parameter("journey_common_share", 0.0)
        self._summer = lru_cache(4)(lambda draws: Summer(common_share, draws))
        self._named = lru_cache(_REMEMBERED)(self._name)
        self._drawn = lru_cache(_REMEMBERED)(self._draw)
        self._forget()

    def _forget(self) -> None:
        self._named.cache_clear()
        self._drawn.cache_clear()
        self._parts: dict[Arc, _Part] = {}
        self._shapes: dict[object, int] = {}
        self._legs: list[Leg] = []
        self._times: dict[tuple[Element, ...], int] = {}
        self._elements: list[tuple[Element, ...]] = []

    def cells(
        self, path: tuple[Arc, ...], draws: int, deadline_h: float | None = None
    ) -> dict[str, Any]:
        """Return what is told of a way, by result column.

        Parameters
        ----------
        path
            Its arcs in order.
        draws, deadline_h
            Of the request.
        """
        if len(self._parts) > _MOST_PARTS:
            self._forget()
        parts = [self._parts.get(arc) or self._part(arc) for arc in path]
        shapes = tuple([part.shape for part in parts])
        named = self._named(shapes)
        times = tuple([part.times for part in parts])
        certainty = self._drawn(times, shapes, draws, deadline_h)
        on_time, lateness_h = certainty.on_time_share, certainty.expected_lateness_h
        vectors = [arc.vector for arc in path]
        return {
            "distance_km": round(sum([part.distance_km for part in parts]), 1),
            "time_h": round(sum([part.mean_h for part in parts]), 2),
            "time_h_p10": round(certainty.time_h.p10, 2),
            "time_h_p50": round(certainty.time_h.p50, 2),
            "time_h_p90": round(certainty.time_h.p90, 2),
            "cost_usd": round(sum([vector.cost_cents for vector in vectors]) / 100, 2),
            "co2e_kg": round(sum([vector.co2e_g for vector in vectors]) / 1000, 3),
            "generalised_cost_usd": round(
                sum([vector.generalised_nanousd for vector in vectors]) / 1e9, 2
            ),
            **named,
            "on_time_share": None if on_time is None else round(on_time, 4),
            "expected_lateness_h": None if lateness_h is None else round(lateness_h, 2),
        }

    def _part(self, arc: Arc) -> _Part:
        leg = build_leg(self._network, arc, evidence=False)
        elements = tuple(leg_elements(leg))
        times = self._times.setdefault(elements, len(self._elements))
        if times == len(self._elements):
            self._elements.append(elements)
        shape = self._shapes.setdefault((arc.edge.edge_id, arc.tail), len(self._legs))
        if shape == len(self._legs):
            self._legs.append(leg)
        part = self._parts[arc] = _Part(leg.distance_km, leg.mean_h, shape, times)
        return part

    def _name(self, shapes: tuple[int, ...]) -> dict[str, Any]:
        """Tell what goes with the edges a way passes."""
        legs = [self._legs[shape] for shape in shapes]
        return {
            "transshipments": sum(leg.kind is EdgeKind.TRANSSHIP for leg in legs),
            "borders": sum(is_border(leg) for leg in legs),
            "countries": "|".join(countries_of(legs)),
            "way": way_line(legs),
            "edges": "|".join(leg.edge.edge_id for leg in legs),
        }

    def _draw(
        self, times: tuple[int, ...], shapes: tuple[int, ...], draws: int, deadline_h: float | None
    ) -> Certainty:
        elements = [element for number in times for element in self._elements[number]]
        summer = self._summer(draws)
        if deadline_h is None:
            return Certainty(summer.percentiles(elements, shapes))
        return certainty_from(summer.sorted_sum(elements, shapes), deadline_h)

    def certainty(
        self, path: tuple[Arc, ...], draws: int, deadline_h: float | None = None
    ) -> Certainty:
        """Return how sure a way is; parameters as for what is told of it."""
        parts = [self._parts.get(arc) or self._part(arc) for arc in path]
        times = tuple([part.times for part in parts])
        shapes = tuple([part.shape for part in parts])
        return self._drawn(times, shapes, draws, deadline_h)
