"""The emissions of a way: its factors, and the method."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from routeplan.language import number_text, say
from routeplan.network.vocabulary import EdgeKind, Metric
from routeplan.render.figures import kg_text, km_text
from routeplan.render.report.blocks import Block, Column, Table, Text
from routeplan.render.report.rounded import significant
from routeplan.render.way import carriage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.itinerary.model import Itinerary, Leg, Plan
    from routeplan.network.model import Network
    from routeplan.network.records import EmissionFactor

_FILE = "emissions.csv:"
_ON_PAPER, _ROOMY = 4, 14


@dataclass(slots=True)
class _Group:
    """Legs that share a factor."""

    name: str
    factor: EmissionFactor | None
    countries: dict[str, None] = field(default_factory=dict)
    distance_km: float = 0.0
    co2e_kg: float = 0.0
    co2e_ttw_kg: float = 0.0
    confidence: str = ""

    def add(self, leg: Leg) -> None:
        self.countries |= dict.fromkeys((leg.start.country, leg.end.country))
        self.distance_km += leg.distance_km
        self.co2e_kg += leg.co2e_kg
        self.co2e_ttw_kg += leg.co2e_ttw_kg
        self.confidence = str(leg.evidence[Metric.CO2E].confidence)


def emission_blocks(plan: Plan, network: Network, *, roomy: bool = False) -> Iterator[Block]:
    """Yield the factors of the first way and how they are used.

    Parameters
    ----------
    plan, network
        The answer, and the facts it rests on.
    roomy
        Paper has room for more of them.
    """
    way = plan.itineraries[0]
    rows = tuple(_row(group) for group in _groups(way, network))
    columns = (
        Column(say("Carried")),
        Column(say("km"), is_number=True),
        Column(say("g/t\u00b7km"), is_number=True),
        Column(say("kg CO2e"), is_number=True),
        Column(say("tank to wheel"), is_number=True),
        Column(say("Factor is")),
    )
    totals = way.totals
    total = (
        say("in all"),
        km_text(totals.distance_km),
        "",
        kg_text(totals.co2e_kg),
        kg_text(totals.co2e_ttw_kg),
        "",
    )
    caption = say(
        "Emissions of way 1 for {mass} t",
        mass=number_text(f"{significant(plan.request.shipment.mass_t, 3):g}"),
    )
    yield Table(caption, columns, (total, *rows), most=_ROOMY if roomy else _ON_PAPER)
    yield Text(
        say(
            "Well to wheel, in the shape of ISO 14083 and the GLEC Framework: tonnes x kilometres "
            "x distance factor x factor, more for cooled goods, and kilograms per tonne at each "
            "terminal. The factors are from the sources named here; no third party has verified "
            "this."
        ),
        "soft",
    )


def _groups(way: Itinerary, network: Network) -> list[_Group]:
    """Gather the legs by factor, terminals into one, the largest emission first."""
    factors = {factor.factor_id: factor for factor in network.emissions}
    found: dict[str, _Group] = {}
    for leg in way.legs:
        evidence = leg.evidence.get(Metric.CO2E)
        if evidence is None:
            continue
        factor_id = evidence.basis.removeprefix(_FILE)
        is_hub = leg.kind in (EdgeKind.TRANSSHIP, EdgeKind.GAUGE_CHANGE)
        key = "" if is_hub else factor_id
        if key not in found:
            name = say("terminals and gauge changes") if is_hub else carriage(leg.mode)
            found[key] = _Group(name, None if is_hub else factors.get(factor_id))
        found[key].add(leg)
    return sorted(found.values(), key=lambda group: -group.co2e_kg)


def _row(group: _Group) -> tuple[str, ...]:
    factor = group.factor.gco2e_per_tkm_wtw if group.factor else None
    countries = " ".join(group.countries)
    return (
        f"{group.name}, {countries}" if group.factor else group.name,
        km_text(group.distance_km) if group.distance_km >= 1 else "",
        "" if factor is None else number_text(f"{significant(factor, 3):g}"),
        kg_text(group.co2e_kg),
        kg_text(group.co2e_ttw_kg),
        say(group.confidence),
    )
