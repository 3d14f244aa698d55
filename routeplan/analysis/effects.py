"""What the rows of a scenario table do to one question: each answered, and set beside its like."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from routeplan.analysis.whatif import first_way, for_first_way
from routeplan.errors import RequestError
from routeplan.places.scenarios import RowReader
from routeplan.scenario.changes import ChangeError
from routeplan.scenario.request import Alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable

    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.network.model import Network
    from routeplan.scenario.form import ScenarioRow
    from routeplan.scenario.request import RouteRequest


class EffectKind(StrEnum):
    """What a row differs in, which is what its answer can be compared with.

    `change`: the network; compared with the row's own question on the network as it is.
    `question`: the limits, the order or the day; compared with the answer of the report.
    `load`: the goods; compared with nothing but the tonne.
    """

    CHANGE = "change"
    QUESTION = "question"
    LOAD = "load"


@dataclass(frozen=True, slots=True)
class Effect:
    """One row, answered.

    Parameters
    ----------
    scenario_id, title
        Of the row.
    kind
        What it differs in.
    request
        What it asks.
    before
        The way it is compared with; None where there is none, or nothing to compare with.
    after
        Its own first way; None where there is none.
    """

    scenario_id: str
    title: str
    kind: EffectKind
    request: RouteRequest
    before: Itinerary | None
    after: Itinerary | None

    @property
    def share(self) -> float:
        """By what share the generalised cost differs; infinite where a way is lost or won.

        Generalised cost is money, time and CO2e in one amount, as the search weighs them.
        """
        if self.before is None or self.after is None:
            return 0.0 if self.before is self.after else math.inf
        old = self.before.totals.generalised_cost_usd
        return (self.after.totals.generalised_cost_usd - old) / old if old else 0.0

    def against(self, way: Itinerary) -> float:
        """Return by how much its generalised cost is above that of another way, in dollars."""
        if self.after is None:
            return math.inf
        return self.after.totals.generalised_cost_usd - way.totals.generalised_cost_usd

    def starts_from(self, way: Itinerary) -> bool:
        """Whether it is compared with just this way."""
        return _edges(self.before) == _edges(way)

    @property
    def same_way(self) -> bool:
        """Whether the way is the one it is compared with, link by link."""
        return _edges(self.before) == _edges(self.after)


class Effects(NamedTuple):
    """All rows of a table that concern one question, the largest effect first.

    Parameters
    ----------
    effects
        The answers.
    elsewhere
        How many rows are about other places.
    faults
        What keeps rows from being asked, a line each.
    """

    effects: tuple[Effect, ...]
    elsewhere: int
    faults: tuple[str, ...]

    def of(self, kind: EffectKind) -> list[Effect]:
        """List the effects of one kind."""
        return [effect for effect in self.effects if effect.kind is kind]


def find_effects(network: Network, plan: Plan, rows: Iterable[ScenarioRow]) -> Effects:
    """Answer every row that goes from where a plan does to where it does.

    Parameters
    ----------
    network
        The facts, without the changes of any row.
    plan
        The answer that rows are held against.
    rows
        Of a scenario table, whose empty cells are filled with the plan's own question.

    Returns
    -------
    Effects
        A row that asks just what the plan does, on the same network, is left out. A row that
        cannot be asked becomes a fault.
    """
    asker = _Asker(network, plan)
    effects: list[Effect] = []
    faults: list[str] = []
    elsewhere = 0
    for row in rows:
        try:
            request = asker.reader.request(row)
            if (request.origin, request.destination) != asker.ends:
                elsewhere += 1
                continue
            found = asker.effect(row, request)
        except (RequestError, ChangeError) as error:
            faults.append(f"{row.scenario_id}: {error}")
            continue
        if found is not None:
            effects.append(found)
    effects.sort(key=lambda effect: -abs(effect.share))
    return Effects(tuple(effects), elsewhere, tuple(faults))


class _Asker:
    """Asks the rows against one plan; a question asked before is not asked again."""

    def __init__(self, network: Network, plan: Plan) -> None:
        self.reader = RowReader(network)
        self.ends = (plan.request.origin, plan.request.destination)
        self._network = network
        self._plan = plan
        self._known: dict[RouteRequest, Itinerary | None] = {}

    def effect(self, row: ScenarioRow, request: RouteRequest) -> Effect | None:
        changed = self.reader.editor.edit(row.changes).network if row.changes else self._network
        asked, mine = self._essence(request), self._essence(self._plan.request)
        if row.changes:
            kind, before = EffectKind.CHANGE, self._unchanged(asked)
        elif _goods(request) != _goods(self._plan.request):
            kind, before = EffectKind.LOAD, None
        elif asked == mine:
            return None
        else:
            kind, before = EffectKind.QUESTION, self._plan.itineraries[0]
        after = first_way(changed, asked) if row.changes else self._unchanged(asked)
        return Effect(row.scenario_id, row.title, kind, request, before, after)

    def _unchanged(self, request: RouteRequest) -> Itinerary | None:
        if request not in self._known:
            self._known[request] = first_way(self._network, request)
        return self._known[request]

    def _essence(self, request: RouteRequest) -> RouteRequest:
        """Return a request as rows are compared: its first way, drawn as often as the plan's."""
        draws = self._plan.request.draws
        return for_first_way(replace(request, alternatives=Alternatives(), draws=draws))


def _goods(request: RouteRequest) -> tuple[str, float, str]:
    shipment = request.shipment
    return shipment.cargo.cargo_id, shipment.mass_t, shipment.text


def _edges(way: Itinerary | None) -> tuple[str, ...]:
    return tuple(leg.edge.edge_id for leg in way.legs) if way else ()
