"""K: journeys by the clock."""

from __future__ import annotations

import pytest
from tiny import ask, best, line, request, tiny_network

from routeplan.errors import NoRouteError, RequestError

ZONES = """
    node_id, name,  country, timezone
    tr-alma, Alma,  TR,      Europe/Istanbul
    tr-bora, Bora,  TR,      Europe/Istanbul
    bg-caro, Caro,  BG,      Europe/Sofia
    kz-dora, Dora,  KZ,      Asia/Almaty
"""


def network(columns, values, ends="tr-alma, tr-bora", mode="rail", **cards):
    """One link of 100 km with something to say about its hours."""
    return tiny_network(
        f"""
        edge_id, from_node, to_node, mode, distance_km, directed, {columns}
        link,    {ends},    {mode},       100,         yes,      {values}
        """,
        ZONES,
        **cards,
    )


def times(itinerary):
    """Write each leg as: ready - departs - arrives, day and hour."""
    return [" - ".join(f"{moment:%d %H:%M}" for moment in leg.times) for leg in itinerary.legs]


MARMARAY = network("window, wait_h_p10, wait_h, wait_h_p90", "00:00-05:00, 12, 12, 12")


@pytest.mark.parametrize(
    ("depart", "expected"),
    [
        ("2026-12-01T08:00", "01 08:00 - 02 00:00 - 02 10:00"),
        ("2026-12-01T04:59", "01 04:59 - 01 04:59 - 01 14:59"),
        ("2026-12-01T05:00", "01 05:00 - 02 00:00 - 02 10:00"),
    ],
)
def test_k01_a_night_window_takes_the_place_of_the_wait(depart, expected):
    assert times(best(MARMARAY, "Alma", "Bora", depart=depart)) == [expected]


def test_k02_a_bare_day_knows_no_hour_and_keeps_the_average_wait():
    itinerary = best(MARMARAY, "Alma", "Bora", depart="2026-12-01")
    assert (itinerary.totals.time_h, itinerary.depart, itinerary.legs[0].times) == (22, None, None)


@pytest.mark.parametrize(
    ("columns", "values", "expected"),
    [
        ("departs", "fri 23:00", "01 08:00 - 04 23:00 - 05 09:00"),
        ("departs", "fri", "01 08:00 - 04 12:00 - 04 22:00"),
        ("departs, per_week", "tue 08:00|sat, 2", "01 08:00 - 01 08:00 - 01 18:00"),
        # half a week of the wait is the calendar, the other 16 h are a queue before boarding
        (
            "departs, wait_h_p10, wait_h, wait_h_p90",
            "tue 23:00, 100, 100, 100",
            "01 08:00 - 08 23:00 - 09 09:00",
        ),
        (
            "departs, wait_h_p10, wait_h, wait_h_p90",
            "tue 23:00, 90, 90, 90",
            "01 08:00 - 01 23:00 - 02 09:00",
        ),
    ],
)
def test_k03_published_departures_are_kept_and_what_exceeds_them_is_a_queue(
    columns, values, expected
):
    itinerary = best(network(columns, values), "Alma", "Bora", depart="2026-12-01T08:00")
    assert times(itinerary) == [expected]


def test_k04_a_frequency_is_an_average_wait():
    by_sea = network("per_week", "7", mode="sea")
    itinerary = best(by_sea, "Alma", "Bora", depart="2026-12-01T08:00")
    assert times(itinerary) == ["01 08:00 - 01 19:47 - 02 00:47"]


def test_k05_each_end_has_its_own_time_and_the_road_is_as_long_when_clocks_change():
    east = network(
        "departs",
        "sun 01:00",
        "kz-dora, bg-caro",
        "air",
    )
    itinerary = best(east, "Dora", "Caro", depart="2026-03-28T08:00")
    assert [moment.isoformat() for moment in itinerary.legs[0].times] == [
        "2026-03-28T08:00:00+05:00",
        "2026-03-29T01:00:00+05:00",
        "2026-03-28T22:12:00+02:00",
    ]
    rail = network("note", "", "bg-caro, tr-alma", "sea")
    one = best(rail, "Caro", "Alma", depart="2026-10-24T23:00")
    other = best(rail, "Caro", "Alma", depart="2026-10-25T23:00")
    assert one.totals.time_h == other.totals.time_h == 5
    assert (one.arrive.hour, other.arrive.hour) == (4, 5)


SUNDAY = """
    closure_id, effect, country, mode, weekdays, from_hour, to_hour, exempts
    ban,        pause,  TR,      road, sun,      00:00,     22:00,   reefer
"""


@pytest.mark.parametrize(("cargo", "arrives"), [("general", "06 23:00"), ("fish", "06 01:00")])
def test_k06_a_driving_ban_stops_trucks_but_those_it_exempts(cargo, arrives):
    by_road = network("note", "", mode="road", closures=SUNDAY)
    itinerary = best(by_road, "Alma", "Bora", depart="2026-12-05T20:00", cargo=cargo)
    assert times(itinerary)[0].endswith(arrives)


SEASONS = """
    season_id, from_month_day, to_month_day, time_factor
    storm,     01-01,          01-31,        5
"""


@pytest.mark.parametrize(
    ("depart", "hours"),
    [("2026-01-20T08:00", 25), ("2026-01-31T20:00", 9), ("2026-02-01T00:00", 5)],
)
def test_k07_the_season_is_that_of_the_day_of_the_leg_and_who_is_wise_waits_for_its_end(
    depart, hours
):
    stormy = network("season_id", "storm", mode="sea", seasons=SEASONS)
    assert best(stormy, "Alma", "Bora", depart=depart).totals.time_h == hours


def test_k08_a_season_that_begins_on_the_way_counts():
    two = tiny_network(
        """
        edge_id, from_node, to_node, mode, distance_km, season_id
        one,     kz-alma,   kz-bora, sea,  2400,
        two,     kz-bora,   kz-caro, sea,  100,         storm
        """,
        seasons=SEASONS,
    )
    assert best(two, "Alma", "Caro", depart="2025-12-28T08:00").totals.time_h == 120 + 25
    assert best(two, "Alma", "Caro", depart="2025-12-28").totals.time_h == 120 + 5


WORKS = """
    edge_id, from_node, to_node, mode, distance_km, open_from,  open_to
    first,   kz-alma,   kz-bora, rail, 240
    old,     kz-bora,   kz-caro, rail, 480,         ,           2027-05-31
    new,     kz-bora,   kz-caro, rail, 240,         2027-06-01,
"""


@pytest.mark.parametrize(
    ("depart", "expected"),
    [
        ("2027-05-01T08:00", "first old 72 h"),
        ("2027-05-31T08:00", "first new 48 h"),
        ("2027-05-30T01:00", "first new 71 h"),
        ("2027-07-01T08:00", "first new 48 h"),
    ],
)
def test_k09_a_link_is_open_or_shut_on_the_day_it_is_reached(depart, expected):
    found = best(tiny_network(WORKS), "Alma", "Caro", depart=depart)
    ids = " ".join(leg.edge.edge_id for leg in found.legs)
    assert f"{ids} {found.totals.time_h:g} h" == expected


@pytest.mark.parametrize(
    ("when", "ids"),
    [
        ({"depart": "2027-05-01T08:00"}, ["old"]),
        ({"depart": "2027-05-20T08:00"}, ["new", "old"]),
        ({"arrive_by": "2027-06-20"}, ["new"]),
        ({"arrive_by": "2027-06-05"}, ["new", "old"]),
    ],
)
def test_k09_nobody_waits_a_month_for_a_cleaner_line_to_open(when, ids):
    found = ask(tiny_network(WORKS), "Alma", "Caro", k=5, max_overlap=1.0, **when)
    assert sorted(i.legs[1].edge.edge_id for i in found.itineraries) == ids


def test_k10_a_network_of_another_day_and_planned_links_wait_for_no_date():
    planned = network("status, open_from", "planned, 2030-01-01")
    with pytest.raises(NoRouteError, match="There is one with --include-planned"):
        ask(planned, "Alma", "Bora", depart="2026-12-01T08:00")
    for options in ({"include_planned": True}, {"on": "2031-01-01"}):
        itinerary = best(planned, "Alma", "Bora", depart="2026-12-01T08:00", **options)
        assert itinerary.totals.time_h == 10


def test_k11_nobody_waits_two_years_for_a_link_to_open():
    later = network("open_from", "2029-01-01")
    with pytest.raises(NoRouteError, match="There is one without --depart"):
        ask(later, "Alma", "Bora", depart="2026-12-01T08:00")


FERRY = network("departs", "fri 23:00")


@pytest.mark.parametrize(
    ("arrive_by", "leaves"),
    [
        ("2026-12-12", "11 23:00"),
        ("2026-12-12T09:00", "11 23:00"),
        ("2026-12-12T08:59", "04 23:00"),
        ("2026-12-12T06:00Z", "11 23:00"),
    ],
)
def test_k12_to_be_there_in_time_one_leaves_as_late_as_can_be(arrive_by, leaves):
    itinerary = best(FERRY, "Alma", "Bora", arrive_by=arrive_by)
    assert f"{itinerary.depart:%d %H:%M}" == leaves
    assert itinerary.totals.time_h == 10
    assert itinerary.totals.on_time_share == 1


def test_k13_each_way_has_its_own_last_departure_and_a_minute_later_is_too_late():
    two = tiny_network("""
        edge_id, from_node, to_node, mode, distance_km, departs,   cost_usd_per_feu
        fast,    kz-alma,   kz-bora, rail, 100,         wed 08:00, 500
        slow,    kz-alma,   kz-bora, rail, 480,         mon 06:00, 100
    """)
    found = ask(two, "Alma", "Bora", arrive_by="2026-12-04", k=2, max_overlap=1.0)
    leaving = {i.legs[0].edge.edge_id: i.depart for i in found.itineraries}
    assert {name: f"{m:%a %H:%M}" for name, m in leaving.items()} == {
        "fast": "Wed 08:00",
        "slow": "Mon 06:00",
    }
    for name, moment in leaving.items():
        late = moment.replace(minute=moment.minute + 1).isoformat()
        other = "slow" if name == "fast" else "fast"
        missed = best(two, "Alma", "Bora", depart=late, avoid=(f"edge:{other}",))
        assert f"{missed.arrive:%Y-%m-%d}" > "2026-12-04"


def test_k13_who_must_be_sure_leaves_so_early_that_nine_in_ten_are_in_time():
    by_rail = tiny_network("""
        edge_id, from_node, to_node, mode, distance_km, time_h_p10, time_h, time_h_p90
        train,   kz-alma,   kz-bora, rail, 100,         40,         80,     120
    """)
    usual = best(by_rail, "Alma", "Bora", arrive_by="2026-12-20T08:00")
    sure = best(by_rail, "Alma", "Bora", arrive_by="2026-12-20T08:00", by="reliability")
    assert f"{usual.arrive:%d %H:%M}" == "20 08:00"
    assert sure.totals.on_time_share == pytest.approx(0.9, abs=0.005)
    assert (usual.depart - sure.depart).total_seconds() / 3600 == pytest.approx(
        sure.totals.time_h_p90 - usual.totals.time_h, abs=0.05
    )
    assert sure.totals.time_h == usual.totals.time_h


def test_k14_limits_hold_by_the_clock():
    assert best(FERRY, "Alma", "Bora", depart="2026-12-04T23:00", max_days=0.5).totals.time_h == 10
    with pytest.raises(NoRouteError, match="without --depart"):
        ask(FERRY, "Alma", "Bora", depart="2026-12-04T23:01", max_days=5)


def test_k15_the_chance_of_a_deadline_counts_the_missed_ferry():
    chain = tiny_network("""
        edge_id, from_node, to_node, mode, distance_km, time_h_p10, time_h, time_h_p90, departs
        train,   kz-alma,   kz-bora, rail, 100,         40,         80,     120
        ferry,   kz-bora,   kz-caro, rail, 100,         10,         10,     10,         fri 23:00
    """)
    found = best(chain, "Alma", "Caro", depart="2026-12-01T08:00", deadline="5d").totals
    assert (found.time_h, found.time_h_p50, found.time_h_p90) == (97, 97, 265)
    assert 0.5 < found.on_time_share < 0.7
    assert found.expected_lateness_h == pytest.approx((1 - found.on_time_share) * 145, abs=5)


def test_k15_no_draw_is_on_a_line_before_it_opens():
    late = tiny_network("""
        edge_id, from_node, to_node, mode, distance_km, time_h_p10, time_h, time_h_p90, open_from
        train,   kz-alma,   kz-bora, rail, 100,         40,         80,     120
        new,     kz-bora,   kz-caro, rail, 100,         10,         10,     10,         2026-12-08
    """)
    found = best(late, "Alma", "Caro", depart="2026-12-01T08:00").totals
    assert (found.time_h, found.time_h_p10, found.time_h_p50) == (170, 170, 170)


def test_k16_the_wait_for_a_calendar_says_so():
    leg = best(FERRY, "Alma", "Bora", depart="2026-12-01T08:00").legs[0]
    assert leg.wait_h.mean == 24 * 3 + 15
    assert [e.basis for m, e in leg.evidence.items() if m == "wait"] == ["edges.csv:departs"]


def test_k17_a_front_by_the_clock_has_hours_too():
    found = ask(FERRY, "Alma", "Bora", depart="2026-12-01T08:00", front="cost,time")
    assert [f"{way.arrive:%d %H:%M}" for way in found.front] == ["05 09:00"]


def test_k18_via_holds_by_the_clock_in_both_directions():
    three = tiny_network("""
        edge_id, from_node, to_node, mode, distance_km, directed, departs
        direct,  kz-alma,   kz-caro, rail, 10,          yes
        one,     kz-alma,   kz-bora, rail, 100,         yes
        two,     kz-bora,   kz-caro, rail, 100,         yes,      fri 23:00
    """)
    there = best(three, "Alma", "Caro", via=("Bora",), depart="2026-12-04T08:00")
    assert times(there) == ["04 08:00 - 04 08:00 - 04 18:00", "04 18:00 - 04 23:00 - 05 09:00"]
    back = best(three, "Alma", "Caro", via=("Bora",), arrive_by="2026-12-05T10:00")
    assert times(back)[0].startswith("04 13:00")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"depart": "2026-12-01", "arrive_by": "2026-12-25"}, "exclude each other"),
        ({"deadline": "25d", "arrive_by": "2026-12-25"}, "--arrive-by and --deadline exclude"),
        ({"arrive_by": "soon"}, '--arrive-by: cannot read "soon"'),
        ({"depart": "2026-12-01T99:00"}, '--depart: cannot read "2026-12-01T99:00"'),
        ({"depart": "2026-12..2027-01"}, "is a range of days. Name one day here."),
    ],
)
def test_k19_what_cannot_be_meant_is_told(options, message):
    with pytest.raises(RequestError) as error:
        request(FERRY, "Alma", "Bora", **options)
    assert message in str(error.value)


def test_k20_the_same_question_has_the_same_answer():
    one, two = (best(FERRY, "Alma", "Bora", depart="2026-12-01T08:00") for _ in range(2))
    assert one == two
    assert line(one) == "Alma ~ rail ~ Bora [97 h, 100 USD, 20 kg]"
