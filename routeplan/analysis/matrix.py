"""Time, cost and CO2e between many places: the answer as immutable values, and how to ask for it.

>>> from routeplan import load_network, matrix_of
>>> matrix = matrix_of(load_network(), ["Astana", "Tashkent"], ["Poti", "Belgrade"], by="time")
>>> matrix.cell("Tashkent", "Poti").status
'ok'
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, Unpack

from routeplan.errors import RequestError
from routeplan.itinerary.build import prices_of
from routeplan.places.ends import Ends
from routeplan.places.index import PlaceIndex
from routeplan.places.options import question_of
from routeplan.places.question import request_between, why_kept_out
from routeplan.scenario.request import Criterion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    import pandas as pd

    from routeplan.itinerary.model import Leg, Prices
    from routeplan.network.model import Network
    from routeplan.places.lists import ListedPlace
    from routeplan.scenario.request import RouteRequest

MOST_PAIRS = 1_000_000
"""What one matrix may hold, criteria counted: some gigabytes of memory."""


class Terms(TypedDict, total=False):
    """What holds for every pair; each as in `Question`. A lone text stands for a tuple of one."""

    via: str | tuple[str, ...]
    modes: str
    avoid: str | tuple[str, ...]
    allow: str | tuple[str, ...]
    policy: str
    cargo: str
    load: str
    value_usd: float | None
    depart: str | date | None
    on: str | date | None
    include_planned: bool


class Status(StrEnum):
    """What became of a pair; only `ok` has numbers."""

    OK = "ok"
    NO_ROUTE = "no_route"
    SAME_PLACE = "same_place"
    KEPT_OUT = "kept_out"


class Quantity(StrEnum):
    """What a table of a matrix can hold."""

    TIME = "time"
    P10 = "p10"
    P50 = "p50"
    P90 = "p90"
    COST = "cost"
    CO2 = "co2"
    GENERALISED = "generalised"
    DISTANCE = "distance"


class Cell(NamedTuple):
    """One pair, by the best way for one criterion; None where there is no number.

    Parameters
    ----------
    status
        Whether there is a way, or why not.
    time_h, cost_usd, co2e_kg, generalised_cost_usd, distance_km
        Totals of the way: average time, dollars of the price year, CO2e well-to-wheel.
    time_h_p10, time_h_p50, time_h_p90
        Percentiles of the whole, if asked for.
    legs
        The way, if asked for.
    """

    status: Status
    time_h: float | None = None
    cost_usd: float | None = None
    co2e_kg: float | None = None
    generalised_cost_usd: float | None = None
    distance_km: float | None = None
    time_h_p10: float | None = None
    time_h_p50: float | None = None
    time_h_p90: float | None = None
    legs: tuple[Leg, ...] = ()

    def value(self, quantity: Quantity) -> float | None:
        """Return one of its numbers, None where it has none."""
        found: float | None = getattr(self, COLUMN[quantity])
        return found


COLUMN = {
    Quantity.TIME: "time_h",
    Quantity.P10: "time_h_p10",
    Quantity.P50: "time_h_p50",
    Quantity.P90: "time_h_p90",
    Quantity.COST: "cost_usd",
    Quantity.CO2: "co2e_kg",
    Quantity.GENERALISED: "generalised_cost_usd",
    Quantity.DISTANCE: "distance_km",
}
"""The field of a cell that holds a quantity."""

DIGITS = {
    Quantity.TIME: 2,
    Quantity.P10: 2,
    Quantity.P50: 2,
    Quantity.P90: 2,
    Quantity.COST: 2,
    Quantity.CO2: 3,
    Quantity.GENERALISED: 2,
    Quantity.DISTANCE: 1,
}
"""Decimals in files, the same as of the totals of `find`."""

PERCENTILES = (Quantity.P10, Quantity.P50, Quantity.P90)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The best way for every pair of places, by one criterion or several.

    Parameters
    ----------
    origins, destinations
        The places as they were listed.
    criteria
        What the ways are best at.
    tables
        For each criterion a row of cells per origin.
    request
        The terms that hold for every pair; its ends are empty.
    network_version, network_as_of
        Which facts it rests on.
    prices
        The year of its dollars.
    percentiles, ways
        Whether cells have percentiles, and legs.
    changes
        What was changed in the network, and how many edges each change names.
    warnings
        What the reader should know beside the numbers.
    """

    origins: tuple[ListedPlace, ...]
    destinations: tuple[ListedPlace, ...]
    criteria: tuple[Criterion, ...]
    tables: tuple[tuple[tuple[Cell, ...], ...], ...]
    request: RouteRequest
    network_version: str
    network_as_of: str
    prices: Prices
    percentiles: bool = False
    ways: bool = False
    changes: tuple[tuple[str, int], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """What its cells hold."""
        return tuple(q for q in Quantity if self.percentiles or q not in PERCENTILES)

    def cells(self, by: str | None = None) -> tuple[tuple[Cell, ...], ...]:
        """Return the cells by one criterion, a row per origin.

        Parameters
        ----------
        by
            The criterion; the first one asked for if None.

        Raises
        ------
        RequestError
            If it was not asked for.
        """
        wanted = self.criteria[0] if by is None else by
        if wanted not in self.criteria:
            raise RequestError(
                f'the matrix has no "{wanted}". It was asked for {", ".join(self.criteria)}.'
            )
        return self.tables[self.criteria.index(Criterion(wanted))]

    def cell(self, origin: str, destination: str, by: str | None = None) -> Cell:
        """Return the cell of one pair; places as they were listed, or by node id.

        Raises
        ------
        RequestError
            If a place or the criterion is not in the matrix.
        """
        row, column = _position(self.origins, origin), _position(self.destinations, destination)
        return self.cells(by)[row][column]

    def table(
        self, quantity: str = Quantity.TIME, by: str | None = None
    ) -> tuple[tuple[float | None, ...], ...]:
        """Return the numbers of one quantity, a row per origin; None where there is no way.

        Raises
        ------
        RequestError
            If the matrix does not hold it.
        """
        name = self._held(quantity)
        return tuple(tuple(cell.value(name) for cell in row) for row in self.cells(by))

    def pairs(self) -> Iterator[tuple[Criterion, ListedPlace, ListedPlace, Cell]]:
        """Yield every pair with its criterion: criterion by criterion, origin by origin."""
        for criterion, table in zip(self.criteria, self.tables, strict=True):
            for origin, row in zip(self.origins, table, strict=True):
                for destination, cell in zip(self.destinations, row, strict=True):
                    yield criterion, origin, destination, cell

    def frame(self, quantity: str | None = None, by: str | None = None) -> pd.DataFrame:
        """Return a data frame.

        Parameters
        ----------
        quantity
            `time`, `cost`, `co2`, `generalised`, `distance`, `p10`, `p50` or `p90`: a table of it,
            origins as index and destinations as columns. None gives every pair as a row, with all
            numbers and the criterion in `by`.
        by
            The criterion; the first if None, and all of them in the long form.

        Raises
        ------
        RequestError
            If the matrix does not hold it.
        """
        import pandas as pd

        if quantity is not None:
            return pd.DataFrame(
                self.table(quantity, by),
                index=pd.Index([place.text for place in self.origins], name="origin"),
                columns=pd.Index([p.text for p in self.destinations], name="destination"),
                dtype=float,
            )
        wanted = self.criteria if by is None else (by,)
        self.cells(wanted[0])
        numbers = [COLUMN[q] for q in self.quantities]
        rows = [
            (origin.text, destination.text, origin.node_id, destination.node_id, str(criterion),
             str(cell.status), *(getattr(cell, name) for name in numbers))
            for criterion, origin, destination, cell in self.pairs()
            if criterion in wanted
        ]  # fmt: skip
        names = ["origin", "destination", "origin_id", "destination_id", "by", "status"]
        return pd.DataFrame(rows, columns=[*names, *numbers]).astype(dict.fromkeys(numbers, float))

    def _held(self, quantity: str) -> Quantity:
        if quantity not in self.quantities:
            raise RequestError(
                f'the matrix has no "{quantity}". It holds {", ".join(self.quantities)}'
                f"{'' if self.percentiles else '; percentiles if asked for'}."
            )
        return Quantity(quantity)


def matrix_of(
    network: Network,
    origins: Iterable[Any],
    destinations: Iterable[Any] | None = None,
    by: str | Iterable[str] = Criterion.BALANCED,
    *,
    percentiles: bool = False,
    ways: bool = False,
    **terms: Unpack[Terms],
) -> Matrix:
    """Find the best way for every pair of places, with one search per place, not per pair.

    Every cell has the numbers of the first way `find` would list for its pair. By `reliability` it
    is the way of least 90th percentiles, added up; `find` draws the ways it lists and may put
    another of them first.

    Parameters
    ----------
    network
        The facts.
    origins, destinations
        Places by name, code or id; or a file, stream or data frame, as `read_places` has it.
        Without destinations every origin is one.
    by
        Criterion, or several: `balanced`, `time`, `cost`, `co2`, `reliability`.
    percentiles
        Draw P10, P50 and P90 of every pair.
    ways
        Keep the legs of every way.
    terms
        What holds for all pairs, as in `Question`: `via`, `modes`, `avoid`, `allow`, `policy`,
        `cargo`, `load`, `value_usd`, `depart`, `on`, `include_planned`. Limits are none of them:
        each pair has its best way, whatever it takes.

    Returns
    -------
    Matrix
        A cell for every pair; one without a way says so.

    Raises
    ------
    DataError
        If places cannot be told; it carries every one of them, with its line.
    RequestError
        If a term or criterion cannot be understood, or there are too many pairs.
    """
    from routeplan.analysis.many import solve
    from routeplan.places.lists import read_places

    criteria = _criteria(by)
    request = _read_terms(network, terms)
    lists = read_places(network, [origins] if destinations is None else [origins, destinations])
    starts, ends = lists[0], lists[-1]
    pairs = len(starts) * len(ends) * len(criteria)
    if pairs > MOST_PAIRS:
        raise RequestError(
            f"{pairs:,} pairs are too many at once, {MOST_PAIRS:,} is the most. Ask in parts."
        )
    solved = solve(network, request, (starts, ends), criteria, (percentiles, ways))
    return Matrix(
        origins=starts,
        destinations=ends,
        criteria=criteria,
        tables=solved.tables,
        request=request,
        network_version=network.version,
        network_as_of=network.as_of,
        prices=prices_of(network),
        percentiles=percentiles,
        ways=ways,
        warnings=solved.warnings,
    )


def _read_terms(network: Network, terms: Terms) -> RouteRequest:
    """Read what holds for every pair; the request has no ends."""
    unknown = sorted(set(terms) - Terms.__annotations__.keys())
    if unknown:
        raise TypeError(
            f"matrix_of() takes no {unknown[0]!r}; terms are {', '.join(Terms.__annotations__)}"
        )
    question = question_of("", "", **terms)
    if "T" in (question.depart or "") or ".." in (question.depart or ""):
        raise RequestError(
            f'--depart "{question.depart}": a matrix takes the season of a day, not hours or '
            "ranges. Write a day, 2026-12-01."
        )
    index = PlaceIndex(network)
    via = tuple(index.get(text) for text in question.via)
    request = request_between(network, index, question, Ends("", "", via, ()))
    for node_id in via:
        if reason := why_kept_out(network, index, request, node_id):
            raise RequestError(reason)
    return request


def _criteria(by: str | Iterable[str]) -> tuple[Criterion, ...]:
    """Read criteria, each once, in the order given."""
    given = by.split(",") if isinstance(by, str) else list(by)
    names = dict.fromkeys(name.strip().lower() for name in given if name.strip())
    for name in names:
        if name not in tuple(Criterion):
            choices = ", ".join(Criterion)
            raise RequestError(f'unknown criterion "{name}". Choose among {choices}.')
    if not names:
        raise RequestError(f"no criterion is named. Choose among {', '.join(Criterion)}.")
    return tuple(Criterion(name) for name in names)


def _position(places: tuple[ListedPlace, ...], text: str) -> int:
    for key in ("text", "node_id"):
        for position, place in enumerate(places):
            if getattr(place, key) == text:
                return position
    raise RequestError(f'"{text}" is not in the matrix. Write a place as it was listed, or its id.')
