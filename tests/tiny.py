"""Networks small enough to compute by hand, written as text in the test.

Unless a test brings cards of its own, what a network takes from them is round and certain:

            km/day  km/h   a 40' box       g CO2e/tkm    20 t over 100 km
    rail       240    10   1 USD/km                10    10 h, 100 USD,  20 kg
    road       480    20   2 USD/km (truck)        50     5 h, 200 USD, 100 kg
    sea        480    20   0.5 USD/km              20     5 h,  50 USD,  40 kg
    ferry      480    20   1 USD/km (either)       40     5 h, 100 USD,  80 kg
    barge      120     5   0.25 USD/km             30    20 h,  25 USD,  60 kg
    air      12000   500   0.01 USD/kg-km         500    0.2 h, 20 000 USD, 1000 kg
    access     480    20   100 USD + 2 USD/km      50     5 h, 300 USD, 100 kg

A transshipment takes 10 h and 100 USD (rolling on or off a ferry 4 h and 50 USD), a rail border 6 h
and 60 USD, a road border 8 h and 80 USD, a change of gauge 12 h and 120 USD; each emits 1 kg/t.
A waiting truck costs 10 USD/h, an hour of a tonne 0.5 USD, a tonne of CO2e 100 USD.
"""

from __future__ import annotations

import csv
import io
from functools import cache
from textwrap import dedent
from typing import TYPE_CHECKING

from routeplan.errors import DataError
from routeplan.network.check import blocking_findings
from routeplan.network.dataset import read_dataset
from routeplan.network.files import FILES
from routeplan.network.read import build_network
from routeplan.places.question import Question, read_question
from routeplan.planner import plan
from routeplan.render.way import way_text

if TYPE_CHECKING:
    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.network.model import Network
    from routeplan.scenario.request import RouteRequest

TIMES = """
    time_id,     kind,         mode,  to_mode, vehicle, km_per_day, time_h
    rail,        move,         rail,  ,        ,        240,
    road,        move,         road,  ,        ,        480,
    sea,         move,         sea,   ,        ,        480,
    ferry,       move,         ferry, ,        ,        480,
    barge,       move,         barge, ,        ,        120,
    air,         move,         air,   ,        ,        12000,
    access,      access,       road,  ,        ,        480,
    border-rail, border,       rail,  ,        ,        ,           6
    border-road, border,       road,  ,        ,        ,           8
    gauge,       gauge_change, rail,  ,        ,        ,           12
    road-rail,   transship,    road,  rail,    ,        ,           10
    road-sea,    transship,    road,  sea,     ,        ,           10
    road-barge,  transship,    road,  barge,   ,        ,           10
    road-air,    transship,    road,  air,     ,        ,           10
    rail-sea,    transship,    rail,  sea,     ,        ,           10
    rail-barge,  transship,    rail,  barge,   ,        ,           10
    sea-barge,   transship,    sea,   barge,   ,        ,           10
    road-ferry,  transship,    road,  ferry,   truck,   ,           4
    rail-ferry,  transship,    rail,  ferry,   wagon,   ,           4
"""
RATES = """
    rate_id,     kind,         mode,  to_mode, vehicle, unit,  usd_fixed, usd_per_km, price_year
    rail,        move,         rail,  ,        ,        feu,   ,          1,          2025
    road,        move,         road,  ,        ,        truck, ,          2,          2025
    sea,         move,         sea,   ,        ,        feu,   ,          0.5,        2025
    ferry-truck, move,         ferry, ,        truck,   truck, ,          1,          2025
    ferry-wagon, move,         ferry, ,        wagon,   feu,   ,          1,          2025
    barge,       move,         barge, ,        ,        feu,   ,          0.25,       2025
    air,         move,         air,   ,        ,        kg,    ,          0.01,       2025
    access,      access,       road,  ,        ,        truck, 100,       2,          2025
    border-rail, border,       rail,  ,        ,        feu,   60,        ,           2025
    border-road, border,       road,  ,        ,        truck, 80,        ,           2025
    gauge,       gauge_change, rail,  ,        ,        feu,   120,       ,           2025
    road-rail,   transship,    road,  rail,    ,        feu,   100,       ,           2025
    road-sea,    transship,    road,  sea,     ,        feu,   100,       ,           2025
    road-barge,  transship,    road,  barge,   ,        feu,   100,       ,           2025
    road-air,    transship,    road,  air,     ,        t,     5,         ,           2025
    rail-sea,    transship,    rail,  sea,     ,        feu,   100,       ,           2025
    rail-barge,  transship,    rail,  barge,   ,        feu,   100,       ,           2025
    sea-barge,   transship,    sea,   barge,   ,        feu,   100,       ,           2025
    road-ferry,  transship,    road,  ferry,   truck,   truck, 50,        ,           2025
    rail-ferry,  transship,    rail,  ferry,   wagon,   feu,   50,        ,           2025
"""
EMISSIONS = """
    factor_id,   kind,         mode,  to_mode, gco2e_per_tkm_wtw, kgco2e_per_t_wtw, reefer_uplift
    rail,        move,         rail,  ,        10,                ,                 0.5
    road,        move,         road,  ,        50,                ,                 0.5
    sea,         move,         sea,   ,        20,                ,                 0.5
    ferry,       move,         ferry, ,        40,                ,                 0.5
    barge,       move,         barge, ,        30,                ,                 0.5
    air,         move,         air,   ,        500,               ,                 0
    access,      access,       road,  ,        50,                ,                 0.5
    border-rail, border,       rail,  ,        ,                  1,                0
    border-road, border,       road,  ,        ,                  1,                0
    gauge,       gauge_change, rail,  ,        ,                  1,                0
    road-rail,   transship,    road,  rail,    ,                  1,                0
    road-sea,    transship,    road,  sea,     ,                  1,                0
    road-barge,  transship,    road,  barge,   ,                  1,                0
    road-air,    transship,    road,  air,     ,                  1,                0
    rail-sea,    transship,    rail,  sea,     ,                  1,                0
    rail-barge,  transship,    rail,  barge,   ,                  1,                0
    sea-barge,   transship,    sea,   barge,   ,                  1,                0
    road-ferry,  transship,    road,  ferry,   ,                  1,                0
    rail-ferry,  transship,    rail,  ferry,   ,                  1,                0
"""
CARGO = """
    cargo_id,  name,          payload_t_per_teu, payload_t_per_feu, payload_t_per_truck, density_kg_per_m3, value_usd_per_t, vot_usd_per_t_h, reefer, max_transit_days, flags
    general,   General cargo, 10,                20,                20,                  500,               5000,            0.5,             no,     ,
    fish,      Fish,          10,                20,                20,                  500,               5000,            0.5,             yes,    2,                reefer
    feathers,  Feathers,      10,                20,                20,                  100,               5000,            0.5,             no,     ,
    fireworks, Fireworks,     10,                20,                20,                  500,               5000,            0.5,             no,     ,                dangerous
"""  # noqa: E501 - a table
PARAMETERS = """
    parameter_id,             value
    price_year,               2025
    co2_price_usd_per_t,      100
    truck_waiting_usd_per_day,240
    groupage_factor,          2
    groupage_min_share,       0.05
    groupage_max_t,           10
    groupage_wait_h_p10,      50
    groupage_wait_h_p50,      50
    groupage_wait_h_p90,      50
    reefer_cost_factor_rail,  2
    reefer_cost_factor_road,  1.5
    reefer_cost_factor_transship, 3
    air_chargeable_kg_per_m3, 200
"""
CARDS = {
    "sources.csv": "source_id",
    "times.csv": TIMES,
    "rates.csv": RATES,
    "emissions.csv": EMISSIONS,
    "cargo.csv": CARGO,
    "seasons.csv": "season_id,from_month_day,to_month_day",
    "price_index.csv": "year,index\n2015,50\n2025,100",
    "parameters.csv": PARAMETERS,
    "closures.csv": "closure_id",
    "duty.csv": "duty_id,destinations",
}


def tiny_network(edges: str, nodes: str = "", **cards: str) -> Network:
    """Build a network from the text of its files.

    Parameters
    ----------
    edges
        CSV text of edges.csv; cells may be padded, and rows may leave their last cells out.
    nodes
        CSV text of nodes.csv for places that are more than their id says: `kz-alma` is Alma, KZ.
    cards
        Other files by name without `.csv`, in place of the cards above.
    """
    edge_text = padded(edges)
    texts = CARDS | {f"{name}.csv": text for name, text in cards.items()}
    texts |= {"nodes.csv": _with_ends(edge_text, nodes), "edges.csv": edge_text}
    files = {name: _card(texts[name]) for name in FILES}
    dataset = read_dataset(files)
    faults = blocking_findings(dataset)
    if faults:
        raise DataError(faults)
    return build_network(dataset.records(), digest="tiny")


def padded(text: str) -> str:
    """Give every row as many cells as the header, without the spaces around them."""
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(dedent(text).strip()))]
    width = len(rows[0])
    return "\n".join(",".join(row + [""] * (width - len(row))) for row in rows if row)


def ask(network: Network, origin: str, destination: str, **options: object) -> Plan:
    """Answer a question; the options are the fields of `Question`."""
    return plan(network, request(network, origin, destination, **options))


def request(network: Network, origin: str, destination: str, **options: object) -> RouteRequest:
    """Read a question; the options are the fields of `Question`."""
    return read_question(network, Question(origin, destination, **options))


def best(network: Network, origin: str, destination: str, **options: object) -> Itinerary:
    """Return the first answer."""
    return ask(network, origin, destination, **options).itineraries[0]


def lines(plan: Plan) -> list[str]:
    """Write each itinerary of a plan as one line."""
    return [line(itinerary) for itinerary in plan.itineraries]


def line(itinerary: Itinerary) -> str:
    """Write an itinerary as one line: `Alma ~ rail ~ Bora [10 h, 100 USD, 20 kg]`."""
    t = itinerary.totals
    return f"{way_text(itinerary)} [{t.time_h:g} h, {t.cost_usd:g} USD, {t.co2e_kg:g} kg]"


@cache
def _card(text: str) -> bytes:
    return padded(text).encode()


def _with_ends(edge_text: str, nodes: str) -> str:
    """Add to the places written out those that edges name: `kz-alma` is Alma, KZ."""
    written = list(csv.DictReader(io.StringIO(padded(nodes)))) if nodes else []
    known = {row["node_id"] for row in written}
    for edge in csv.DictReader(io.StringIO(edge_text)):
        for node_id in (edge["from_node"], edge["to_node"]):
            if node_id and node_id not in known:
                known.add(node_id)
                country, _, name = node_id.partition("-")
                place = {"node_id": node_id, "name": name.replace("-", " ").title()}
                written.append(place | {"country": country.upper()})
    header = list(dict.fromkeys(column for row in written for column in row))
    rows = [",".join(row.get(column) or "" for column in header) for row in written]
    return "\n".join([",".join(header), *rows])
