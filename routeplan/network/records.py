"""The rows of the data files as immutable records; a record's fields are its file's columns.

Percentiles: `x_p10`, `x` and `x_p90` are the 10th, 50th and 90th percentile of one quantity.
A blank number is unknown and takes the documented default; it is never zero.
"""

from __future__ import annotations

from routeplan.network import fields
from routeplan.network.column import column, record
from routeplan.network.spread import Spread
from routeplan.network.vocabulary import (
    EdgeKind,
    Effect,
    Mode,
    NodeKind,
    Status,
    Traction,
    Unit,
    Vehicle,
)

_PRICE_COLUMN = {unit: f"cost_usd_per_{unit}" for unit in Unit}


@record
class Source:
    """A page or publication that backs numbers."""

    source_id: str = column("own readable key", required=True, default="", pattern=fields.ID)
    publisher: str = column("who published it", default="")
    title: str = column("its title", default="")
    url: str = column("an address that can be opened", default="")
    as_of: str = column("the date it speaks of", default="")
    licence: str = column("licence of the data, where one is stated", default="")
    weak: bool = column("whether it should not stand alone: a forum, a copy", default=False)
    note: str = fields.note()


@record
class Node:
    """A place: a city, or one terminal, port, airport, border post or junction."""

    node_id: str = column("own readable key", required=True, default="", pattern=fields.ID)
    name: str = column("English name; the id if empty", default="")
    country: str = column(
        "ISO 3166-1 code", default="", pattern=fields.COUNTRY, synonyms=("ctry", "country_code")
    )
    kind: NodeKind = column("what the place is", default=NodeKind.CITY, synonyms=("node_type",))
    city_id: str = column("the city node a terminal belongs to", default="", pattern=fields.ID)
    lat: float | None = column(
        "latitude, degrees north", within=(-90, 90), synonyms=("y_coord", "latitude")
    )
    lon: float | None = column(
        "longitude, degrees east",
        within=(-180, 180),
        synonyms=("x_coord", "longitude", "lng"),
    )
    gauge_mm: int | None = column("rail gauge", within=(600, 1700))
    timezone: str = column(
        "IANA time zone of its local times; that of its country if empty",
        default="",
        pattern=fields.TIMEZONE,
    )
    unlocode: str = column("UN/LOCODE", default="", pattern=fields.LOCODE)
    iata: str = column("airport code", default="", pattern=fields.IATA)
    aliases: tuple[str, ...] = column("other names, `|`-separated, any script", default=())
    source_ids: tuple[str, ...] = fields.source_ids()
    as_of: str = fields.as_of()
    confidence: tuple[str, ...] = fields.confidence()
    note: str = fields.note()


@record
class Edge:
    """A link between two places, or what happens to cargo within one."""

    edge_id: str = column(
        "own readable key; made from mode and ends if empty",
        default="",
        pattern=fields.ID,
        synonyms=("link_id",),
    )
    from_node: str = column(
        "node_id of the start", required=True, default="", synonyms=("from_node_id", "from")
    )
    to_node: str = column(
        "node_id of the end", required=True, default="", synonyms=("to_node_id", "to")
    )
    kind: EdgeKind | None = column("move, or transship where start and end are one, if empty")
    mode: Mode | None = column("mode of carriage; of arrival for transship", required=True)
    to_mode: Mode | None = column("mode of departure; transship only")
    vehicle: Vehicle | None = column("what rolls onto the ferry; truck if empty")
    directed: bool = column("whether the edge holds from start to end only", default=False)
    corridor: str = column("named set of edges it belongs to", default="")
    operator: str = column("who runs it", default="")
    distance_km: float | None = column(
        "length of the way the cargo goes", within=(0, 45000), synonyms=("length_km", "length")
    )
    time_h_p10: float | None = column("duration, 10th percentile", within=fields.HOURS)
    time_h: float | None = column("duration, median", within=fields.HOURS)
    time_h_p90: float | None = column("duration, 90th percentile", within=fields.HOURS)
    wait_h_p10: float | None = column("wait before it, 10th percentile", within=fields.HOURS)
    wait_h: float | None = column("wait before it, median", within=fields.HOURS)
    wait_h_p90: float | None = column("wait before it, 90th percentile", within=fields.HOURS)
    per_week: float | None = column("departures a week", within=(0.01, 10000))
    departs: tuple[str, ...] = column("published departures: `mon|thu 08:00`", default=())
    window: str = column(
        "daily hours it runs in, local time",
        default="",
        pattern=(r"\d\d:\d\d-\d\d:\d\d", "hours such as 00:00-05:00"),
    )
    cost_usd_per_teu: float | None = column("price per 20' container", within=fields.USD)
    cost_usd_per_feu: float | None = column("price per 40' container", within=fields.USD)
    cost_usd_per_truck: float | None = column("price per loaded truck", within=fields.USD)
    cost_usd_per_t: float | None = column("price per tonne over the whole edge", within=fields.USD)
    cost_usd_per_kg: float | None = column("price per kg over the whole edge", within=fields.USD)
    price_year: int | None = column("year of the prices", within=(1990, 2100))
    capacity_teu_yr: float | None = column("capacity, TEU a year", within=(0, 1e9))
    capacity_t_yr: float | None = column("capacity, tonnes a year", within=(0, 1e12))
    max_lot_t: float | None = column("largest consignment per departure", within=(0.001, 1e6))
    traction: Traction | None = column("electric or diesel; the country's mix if empty")
    forbids: tuple[str, ...] = column("cargo flags not taken: dangerous, open, reefer", default=())
    passages: tuple[str, ...] = column("straits and canals passed, such as bosporus", default=())
    status: Status = column("whether it can be used", default=Status.OPEN)
    open_from: str = column("first day of use", default="", pattern=fields.DAY)
    open_to: str = column("last day of use", default="", pattern=fields.DAY)
    season_id: str = column("season that changes it", default="")
    cause: str = column("common cause it moves together with", default="")
    source_ids: tuple[str, ...] = fields.source_ids()
    as_of: str = fields.as_of()
    confidence: tuple[str, ...] = fields.confidence()
    note: str = fields.note()

    @property
    def time(self) -> Spread | None:
        """Duration in hours, if the row gives one; a lone median has no spread."""
        return _spread(self.time_h_p10, self.time_h, self.time_h_p90)

    @property
    def wait(self) -> Spread | None:
        """Wait before it in hours, if the row gives one."""
        return _spread(self.wait_h_p10, self.wait_h, self.wait_h_p90)

    def price_usd(self, unit: Unit) -> float | None:
        """Return the row's own price for a unit over the whole edge, if it has one."""
        price: float | None = getattr(self, _PRICE_COLUMN[unit])
        return price


@record
class DefaultTime:
    """Time and wait of edges that leave theirs blank; the most specific row wins."""

    time_id: str = column("own readable key", required=True, default="", pattern=fields.ID)
    kind: EdgeKind | None = column("kind of edge it is for", required=True)
    mode: Mode | None = column("mode it is for", required=True)
    to_mode: Mode | None = column("mode of departure; transship only")
    vehicle: Vehicle | None = column("what rolls onto the ferry")
    country: str = column("country it is for; any if empty", default="", pattern=fields.COUNTRY)
    speed_kmh: float | None = column(
        "speed while moving, without borders, queues and rest", within=(1, 2000)
    )
    km_per_day_fast: float | None = column("km per 24 h, 10th percentile of time", within=(1, 3e4))
    km_per_day: float | None = column("km per 24 h, median", within=(1, 3e4))
    km_per_day_slow: float | None = column("km per 24 h, 90th percentile of time", within=(1, 3e4))
    time_h_p10: float | None = column("hours beside distance, 10th percentile", within=fields.HOURS)
    time_h: float | None = column("hours beside distance, median", within=fields.HOURS)
    time_h_p90: float | None = column("hours beside distance, 90th percentile", within=fields.HOURS)
    wait_h_p10: float | None = column("wait, 10th percentile", within=fields.HOURS)
    wait_h: float | None = column("wait, median", within=fields.HOURS)
    wait_h_p90: float | None = column("wait, 90th percentile", within=fields.HOURS)
    source_ids: tuple[str, ...] = fields.source_ids()
    as_of: str = fields.as_of()
    confidence: tuple[str, ...] = fields.confidence()
    note: str = fields.note()

    @property
    def time(self) -> Spread | None:
        """Hours beside distance, if the row gives them; a lone median has no spread."""
        return _spread(self.time_h_p10, self.time_h, self.time_h_p90)

    @property
    def wait(self) -> Spread | None:
        """Wait in hours, if the row gives one."""
        return _spread(self.wait_h_p10, self.wait_h, self.wait_h_p90)


@record
class Rate:
    """Rate card: price of edges that leave theirs blank; the most specific row wins."""

    rate_id: str = column("own readable key", required=True, default="", pattern=fields.ID)
    kind: EdgeKind | None = column("kind of edge it is for", required=True)
    mode: Mode | None = column("mode it is for", required=True)
    to_mode: Mode | None = column("mode of departure; transship only")
    vehicle: Vehicle | None = column("what rolls onto the ferry")
    country: str = column("country it is for; any if empty", default="", pattern=fields.COUNTRY)
    unit: Unit | None = column("what the price is for", required=True)
    usd_fixed: float | None = column("price per unit beside distance", within=fields.USD)
    usd_per_km: float | None = column("price per unit and km", within=fields.USD)
    usd_per_km_low: float | None = column("low end of the price per km", within=fields.USD)
    usd_per_km_high: float | None = column("high end of the price per km", within=fields.USD)
    usd_fixed_low: float | None = column("low end of the fixed price", within=fields.USD)
    usd_fixed_high: float | None = column("high end of the fixed price", within=fields.USD)
    price_year: int | None = column("year of the prices", required=True, within=(1990, 2100))
    source_ids: tuple[str, ...] = fields.source_ids()
    as_of: str = fields.as_of()
    confidence: tuple[str, ...] = fields.confidence()
    note: str = fields.note()


@record
class EmissionFactor:
    """Emission intensity of a mode or a hub, ISO 14083 shape; the most specific row wins."""

    factor_id: str = column("own readable key", required=True, default="", pattern=fields.ID)
    kind: EdgeKind | None = column("kind of edge it is for", required=True)
    mode: Mode | None = column("mode it is for", required=True)
    to_mode: Mode | None = column("mode of departure; transship only")
    vehicle: Vehicle | None = column("what rolls onto the ferry")
    traction: Traction | None = column("what pulls the train; any if empty")
    country: str = column("country it is for; any if empty", default="", pattern=fields.COUNTRY)
    from_km: float | None = column("shortest distance it is for", within=(0, 45000))
    to_km: float | None = column("distance below which it is for", within=(0, 45000))
    gco2e_per_tkm_wtw: float | None = column("well-to-wheel intensity", within=(0, 1e5))
    gco2e_per_tkm_ttw: float | None = column("tank-to-wheel intensity", within=(0, 1e5))
    kgco2e_per_t_wtw: float | None = column("hub emissions, well-to-wheel", within=(0, 1e5))
    kgco2e_per_t_ttw: float | None = column("hub emissions, tank-to-wheel", within=(0, 1e5))
    distance_factor: float | None = column("actual over planned distance", within=(0.5, 3))
    distance_add_km: float | None = column("km added to the planned distance", within=(0, 1000))
    reefer_uplift: float | None = column("share added for reefer cargo", within=(0, 10))
    source_ids: tuple[str, ...] = fields.source_ids()
    as_of: str = fields.as_of()
    confidence: tuple[str, ...] = fields.confidence()
    note: str = fields.note()


@record
class Cargo:
    """A type of cargo and what it means for payload, price and time."""

    cargo_id: str = column("own readable key", required=True, default="", pattern=fields.ID)
    name: str = column("name for the user", default="")
    payload_t_per_teu: float | None = column("cargo in a 20' container", within=(0.1, 30))
    payload_t_per_feu: float | None = column("cargo in a 40' container", within=(0.1, 32))
    payload_t_per_truck: float | None = column("cargo in a truck", within=(0.1, 44))
    density_kg_per_m3: float | None = column("density as loaded", within=(1, 20000))
    value_usd_per_t: float | None = column("value of the cargo", within=(0, 1e8))
    vot_usd_per_t_h: float | None = column("value of time", within=(0, 1e5))
    reefer: bool = column("whether it travels cooled", default=False)
    max_transit_days: float | None = column("longest it keeps", within=(0.1, 3650))
    flags: tuple[str, ...] = column("dangerous, open, reefer", default=())
    plug_usd_per_h: float | None = column(
        "power of one box or truck while it stands", within=(0, 1000)
    )
    carrying_rate_per_year: float | None = column(
        "cost of capital and obsolescence, share of value a year", within=(0, 5)
    )
    hs: str = column("chapter or heading of the Harmonized System it stands for", default="")
    source_ids: tuple[str, ...] = fields.source_ids()
    as_of: str = fields.as_of()
    confidence: tuple[str, ...] = fields.confidence()
    note: str = fields.note()


@record
class Season:
    """Part of the year in which the edges of a season run differently from their yearly values."""

    season_id: str = column("key named by edges; several rows may share it", required=True)
    name: str = column("name for the user", default="")
    from_month_day: str = column("first day", required=True, default="", pattern=fields.MONTH_DAY)
    to_month_day: str = column(
        "last day; may lie in the next year", required=True, default="", pattern=fields.MONTH_DAY
    )
    time_factor: float | None = column("multiplies the duration", within=(0.1, 20))
    wait_factor: float | None = column("multiplies the wait", within=(0.1, 20))
    wait_add_h_p10: float | None = column("added to the wait, 10th percentile", within=fields.HOURS)
    wait_add_h: float | None = column("added to the wait, median", within=fields.HOURS)
    wait_add_h_p90: float | None = column("added to the wait, 90th percentile", within=fields.HOURS)
    source_ids: tuple[str, ...] = fields.source_ids()
    as_of: str = fields.as_of()
    confidence: tuple[str, ...] = fields.confidence()
    note: str = fields.note()

    @property
    def wait_add(self) -> Spread | None:
        """Hours added to the wait, if the row gives them; a lone median has no spread."""
        return _spread(self.wait_add_h_p10, self.wait_add_h, self.wait_add_h_p90)


@record
class PriceIndex:
    """Price level of a year, to bring prices of different years to one."""

    year: int = column("calendar year", required=True, default=0, within=(1990, 2100))
    index: float = column("price level", required=True, default=0.0, within=(1, 10000))
    source_ids: tuple[str, ...] = fields.source_ids()
    as_of: str = fields.as_of()
    confidence: tuple[str, ...] = fields.confidence()
    note: str = fields.note()


@record
class Parameter:
    """A single number of the method, with its range."""

    parameter_id: str = column("own readable key", required=True, default="", pattern=fields.ID)
    value: float = column("the value used", required=True, default=0.0)
    low: float | None = column("low end of its range")
    high: float | None = column("high end of its range")
    unit: str = column("unit of the value", default="")
    source_ids: tuple[str, ...] = fields.source_ids()
    as_of: str = fields.as_of()
    confidence: tuple[str, ...] = fields.confidence()
    note: str = fields.note()


@record
class Closure:
    """Hours or days at which edges are not to be used: driving bans, holidays of border posts.

    It holds where mode, country and edges all fit; an empty one fits anything.
    """

    closure_id: str = column("own readable key", required=True, default="", pattern=fields.ID)
    name: str = column("name for the user", default="")
    effect: Effect = column("pause halts, shut lets nothing in", default=Effect.SHUT)
    mode: Mode | None = column("mode it is for; any if empty")
    country: str = column(
        "country whose edges within it it is for; any if empty", default="", pattern=fields.COUNTRY
    )
    edges: tuple[str, ...] = column("`|`-separated edge ids it is for; any if empty", default=())
    weekdays: tuple[str, ...] = column("`|`-separated mon to sun; every day if empty", default=())
    from_hour: str = column(
        "start of the day's closure, local time", default="", pattern=fields.CLOCK
    )
    to_hour: str = column("end of the day's closure, local time", default="", pattern=fields.CLOCK)
    from_month_day: str = column(
        "first day of the year it holds; all year if empty", default="", pattern=fields.MONTH_DAY
    )
    to_month_day: str = column(
        "last day; may lie in the next year", default="", pattern=fields.MONTH_DAY
    )
    from_day: str = column("first day it ever holds", default="", pattern=fields.DAY)
    to_day: str = column("last day it ever holds", default="", pattern=fields.DAY)
    exempts: tuple[str, ...] = column(
        "`|`-separated what it does not hold for: international, or a cargo flag", default=()
    )
    source_ids: tuple[str, ...] = fields.source_ids()
    as_of: str = fields.as_of()
    confidence: tuple[str, ...] = fields.confidence()
    note: str = fields.note()


@record
class Duty:
    """Import duty by destination, origin and cargo; the most specific row wins.

    A row without origins is the most-favoured-nation rate; one with origins adds a preference and
    may leave the MFN rate to the other.
    """

    duty_id: str = column("own readable key", required=True, default="", pattern=fields.ID)
    destinations: tuple[str, ...] = column(
        "`|`-separated countries of import", required=True, default=()
    )
    origins: tuple[str, ...] = column(
        "`|`-separated countries the goods originate in; any if empty", default=()
    )
    cargo_id: str = column("type of cargo; any if empty", default="")
    hs: str = column("chapter or line the rate was read for", default="")
    mfn_rate: float | None = column("MFN rate, share of customs value", within=(0, 20))
    mfn_usd_per_t: float | None = column("specific part of the MFN rate", within=(0, 1e6))
    preferential_rate: float | None = column(
        "rate with preference, share of customs value", within=(0, 20)
    )
    preferential_usd_per_t: float | None = column(
        "specific part of the rate with preference", within=(0, 1e6)
    )
    regime: str = column("agreement or scheme", default="")
    condition: str = column("what the preference takes, in our own words", default="")
    direct_transport: bool = column(
        "whether the preference asks for direct transport", default=False
    )
    source_ids: tuple[str, ...] = fields.source_ids()
    as_of: str = fields.as_of()
    confidence: tuple[str, ...] = fields.confidence()
    note: str = fields.note()


def _spread(p10: float | None, p50: float | None, p90: float | None) -> Spread | None:
    if p50 is None:
        return None
    return Spread(p50 if p10 is None else p10, p50, p50 if p90 is None else p90)
