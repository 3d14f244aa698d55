"""A way as cells of a result row, without an itinerary: only what the cells need, each part once.

Ways of a batch share most of what is told of them. Names and countries go with the edges passed,
percentiles with the times of the legs; cost and emissions are sums.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from routeplan.batch.columns import encode_cells
from routeplan.itinerary.build import build_leg, countries_of, is_border, leg_elements
from routeplan.itinerary.way import way_line
from routeplan.network.vocabulary import EdgeKind
from routeplan.risk.certainty import Certainty, certainty_from
from routeplan.risk.vectorised import Summer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from routeplan.graph.model import Arc
    from routeplan.itinerary.model import Leg
    from routeplan.network.model import Network
    from routeplan.network.spread import Spread
    from routeplan.risk.simulate import Element

_REMEMBERED = 4096
_MOST_PARTS = 20_000
_MOST_DRAWN = 20_000
"""A quarter of a kB each."""
_NONE: tuple[tuple[()], ...] = ((),) * 7


FIGURES = (
    "distance_km",
    "time_h",
    "time_h_p10",
    "time_h_p50",
    "time_h_p90",
    "cost_usd",
    "co2e_kg",
    "generalised_cost_usd",
)
NAMES = ("transshipments", "borders", "countries", "way", "edges")
LATENESS = ("on_time_share", "expected_lateness_h")


class Figures(NamedTuple):
    """What is told of a way in numbers, rounded as in a row; fields as FIGURES."""

    distance_km: float
    time_h: float
    time_h_p10: float
    time_h_p50: float
    time_h_p90: float
    cost_usd: float
    co2e_kg: float
    generalised_cost_usd: float

    @classmethod
    def rounded(
        cls, distance_km: float, time_h: float, spread: Spread, cost: tuple[float, float, float]
    ) -> Figures:
        """Round sums; `cost` is cost_usd, co2e_kg and generalised_cost_usd."""
        low, median, high = spread
        usd, co2e_kg, generalised_usd = cost
        return cls(
            round(distance_km, 1),
            round(time_h, 2),
            round(low, 2),
            round(median, 2),
            round(high, 2),
            round(usd, 2),
            round(co2e_kg, 3),
            round(generalised_usd, 2),
        )


class Names(NamedTuple):
    """What goes with the edges a way passes: the cells of NAMES, and their piece of a line."""

    cells: Mapping[str, Any]
    line: bytes


class Told(NamedTuple):
    """All that is told of a way by itself."""

    figures: Figures
    names: Names
    certainty: Certainty

    def cells(self) -> dict[str, Any]:
        """Return it by result column."""
        return {
            **dict(zip(FIGURES, self.figures, strict=True)),
            **self.names.cells,
            **dict(zip(LATENESS, self.lateness(), strict=True)),
        }

    def lateness(self) -> tuple[float | None, float | None]:
        """Return the cells of LATENESS."""
        share, lateness_h = self.certainty.on_time_share, self.certainty.expected_lateness_h
        return (
            None if share is None else round(share, 4),
            None if lateness_h is None else round(lateness_h, 2),
        )


def name_way(legs: Sequence[Leg]) -> Names:
    """Tell what goes with the edges a way passes."""
    cells = {
        "transshipments": sum(leg.kind is EdgeKind.TRANSSHIP for leg in legs),
        "borders": sum(is_border(leg) for leg in legs),
        "countries": "|".join(countries_of(legs)),
        "way": way_line(legs),
        "edges": "|".join(leg.edge.edge_id for leg in legs),
    }
    return Names(cells, encode_cells(NAMES, cells).encode())


class _Part(NamedTuple):
    """What an arc adds to a row.

    `shape` and `times` are numbers that are equal for equal edges passed, and for equal times.
    """

    distance_km: float
    mean_h: float
    cost_cents: int
    co2e_g: int
    generalised_nanousd: int
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
        self._forget()

    def _forget(self) -> None:
        self._named.cache_clear()
        self._drawn: dict[object, Certainty] = {}
        self._parts: dict[Arc, _Part] = {}
        self._shapes: dict[object, int] = {}
        self._legs: list[Leg] = []
        self._times: dict[tuple[Element, ...], int] = {}
        self._elements: list[tuple[Element, ...]] = []

    def tell(self, path: tuple[Arc, ...], draws: int, deadline_h: float | None = None) -> Told:
        """Tell a way.

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
        km, mean_h, cents, grams, nanousd, shapes, times = (
            zip(*parts, strict=True) if parts else _NONE
        )
        certainty = self._certainty(times, shapes, draws, deadline_h)
        cost = sum(cents) / 100, sum(grams) / 1000, sum(nanousd) / 1e9
        figures = Figures.rounded(sum(km), sum(mean_h), certainty.time_h, cost)
        return Told(figures, self._named(shapes), certainty)

    def _part(self, arc: Arc) -> _Part:
        leg = build_leg(self._network, arc, evidence=False)
        elements = tuple(leg_elements(leg))
        times = self._times.setdefault(elements, len(self._elements))
        if times == len(self._elements):
            self._elements.append(elements)
        shape = self._shapes.setdefault((arc.edge.edge_id, arc.tail), len(self._legs))
        if shape == len(self._legs):
            self._legs.append(leg)
        _, cents, grams, _, nanousd = arc.vector
        part = self._parts[arc] = _Part(
            leg.distance_km, leg.mean_h, cents, grams, nanousd, shape, times
        )
        return part

    def _name(self, shapes: tuple[int, ...]) -> Names:
        return name_way([self._legs[shape] for shape in shapes])

    def _certainty(
        self, times: tuple[int, ...], shapes: tuple[int, ...], draws: int, deadline_h: float | None
    ) -> Certainty:
        numbers = array("i", (*times, *shapes)).tobytes()
        key = (blake2b(numbers, digest_size=16).digest(), draws, deadline_h)
        found = self._drawn.get(key)
        if found is None:
            if len(self._drawn) > _MOST_DRAWN:
                self._drawn.clear()
            found = self._drawn[key] = self._draw(times, shapes, draws, deadline_h)
        return found

    def _draw(
        self, times: tuple[int, ...], shapes: tuple[int, ...], draws: int, deadline_h: float | None
    ) -> Certainty:
        elements = [element for number in times for element in self._elements[number]]
        summer = self._summer(draws)
        if deadline_h is None:
            return Certainty(summer.percentiles(elements, shapes))
        return certainty_from(summer.sorted_sum(elements, shapes), deadline_h)
