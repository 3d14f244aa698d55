"""Which network `routeplan map` shows: as it is, or as a change makes it, with the ways of both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from routeplan.errors import RequestError
from routeplan.network.read import load_network
from routeplan.render.draw.routes import NOW, WAS
from routeplan.render.picture import ColorBy
from routeplan.render.way import way_text
from routeplan.units import days_text, money_text

if TYPE_CHECKING:
    from routeplan.itinerary.model import Itinerary
    from routeplan.network.model import Network
    from routeplan.render.draw.answer import ShownChange
    from routeplan.scenario.changes import Change
    from routeplan.scenario.request import RouteRequest


class Asked(NamedTuple):
    """What the command line names: places, changes, and a row of a table of scenarios."""

    origin: str
    destination: str
    changes: tuple[str, ...]
    table: str | None
    scenario_id: str


class Shown(NamedTuple):
    """A network to draw, how to colour it, what changed, and lines to say beside."""

    network: Network
    color_by: ColorBy
    change: ShownChange | None = None
    told: tuple[str, ...] = ()


def shown_network(data: Path | None, asked: Asked, color_by: ColorBy | None) -> Shown:
    """Work out what to draw.

    Parameters
    ----------
    data
        The data folder; None for the packaged one.
    asked
        What the command line names.
    color_by
        As asked; None for mode, or for the change where there is one.

    Raises
    ------
    RequestError
        If the options do not go together, a place is unknown, or there is no such row.
    ChangeError
        If a change cannot be read or applied.
    """
    from routeplan.analysis.whatif import first_way
    from routeplan.render.draw.answer import ShownChange
    from routeplan.scenario.apply import apply_changes

    base = load_network(data)
    changes, request = _read(base, asked)
    if not changes:
        if color_by is ColorBy.CHANGE or request is not None:
            raise RequestError(
                "without a change there is nothing to compare: name one by --change, or a row with "
                "changes by --scenarios FILE --scenario ID."
            )
        return Shown(base, color_by or ColorBy.MODE)
    network = apply_changes(base, changes)
    routes: list[tuple[str, Itinerary]] = []
    told: tuple[str, ...] = ()
    if request is not None:
        before, after = first_way(base, request), first_way(network, request)
        pairs = ((WAS, before), (NOW, after))
        routes = [(style, way) for style, way in pairs if way is not None]
        told = (f"before: {_way_line(before)}", f"after:  {_way_line(after)}")
    text = "; ".join(change.text or str(change) for change in changes)
    shown = ShownChange(base, tuple(routes), (f"changed: {text}", *told))
    return Shown(network, color_by or ColorBy.CHANGE, shown, told)


def _read(base: Network, asked: Asked) -> tuple[tuple[Change, ...], RouteRequest | None]:
    """Read the changes, and the question if places are named or a row has one."""
    from routeplan.places.question import Question, read_question
    from routeplan.scenario.changes import parse_changes

    if bool(asked.origin) != bool(asked.destination):
        raise RequestError("name both ORIGIN and DESTINATION, or neither.")
    if bool(asked.table) != bool(asked.scenario_id):
        raise RequestError("--scenarios FILE and --scenario ID go together: name both.")
    request = None
    if asked.origin:
        request = read_question(base, Question(asked.origin, asked.destination))
    changes = tuple(parse_changes(";".join(asked.changes))) if asked.changes else ()
    if asked.table:
        row_changes, row_request = _row(base, asked)
        return (*row_changes, *changes), request or row_request
    return changes, request


def _row(base: Network, asked: Asked) -> tuple[tuple[Change, ...], RouteRequest | None]:
    """Find a row of a table by its id; None for its question if it names no places."""
    from difflib import get_close_matches

    from routeplan.places.scenarios import RowFaultsError, RowReader
    from routeplan.scenario.table import ScenarioTable

    seen = []
    for row in ScenarioTable(asked.table):
        if row.scenario_id != asked.scenario_id:
            seen.append(row.scenario_id)
            continue
        if not row.cells.get("origin") and not row.cells.get("destination"):
            bad = [f for f in row.problems if f.field not in ("origin", "destination")]
            if bad:
                raise RowFaultsError(tuple(bad))
            return row.changes, None
        return row.changes, RowReader(base).request(row)
    close = get_close_matches(asked.scenario_id, seen, 1)
    hint = f" Did you mean {close[0]}?" if close else ""
    raise RequestError(f'{asked.table} has no scenario "{asked.scenario_id}".{hint}')


def _way_line(way: Itinerary | None) -> str:
    if way is None:
        return "no way"
    totals = way.totals
    return f"{way_text(way)}, {days_text(totals.time_h_p50)}, {money_text(totals.cost_usd)} USD"
