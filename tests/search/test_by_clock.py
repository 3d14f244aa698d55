"""Searching by the clock is exact: against every way of small networks, tried hour by hour."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from clockwork import LIMIT_H, START, Clockwork, clockworks, hours_of
from hypothesis import given

from routeplan.scenario.request import TRADE_OFFS, Measure
from routeplan.search.timed import open_search, search_front

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.graph.model import Arc, SearchGraph

LIMIT = {Measure.TIME: LIMIT_H * 60}


def every_way(graph: SearchGraph) -> Iterator[list[Arc]]:
    """Yield every way that is in no state twice."""

    def go(state, path, seen):
        if state in graph.ends:
            yield list(path)
        for arc in graph.arcs:
            if arc.tail == state and arc.head not in seen:
                yield from go(arc.head, [*path, arc], {*seen, arc.head})

    for start in graph.starts:
        yield from go(start, [], {start})


def arrival(world: Clockwork, path: list[Arc], start_h: int) -> int | None:
    """Follow a way by the slow clock."""
    now: int | None = start_h
    for arc in path:
        now = None if now is None else world.arrival(arc.edge.edge_id, now)
    return now


def front_of(values: set[tuple[int, ...]]) -> set[tuple[int, ...]]:
    return {
        one
        for one in values
        if not any(o != one and all(a <= b for a, b in zip(o, one, strict=True)) for o in values)
    }


def with_money(path: list[Arc], minutes: int) -> tuple[int, int, int]:
    return (
        minutes,
        sum(arc.vector.cost_cents for arc in path),
        sum(arc.vector.co2e_g for arc in path),
    )


@given(clockworks())
def test_the_front_from_a_departure_is_that_of_trying_every_way(world):
    search = open_search(world.network, world.request())
    slow = set()
    for path in every_way(search.graph):
        end = arrival(world, path, world.start_h)
        if end is not None and end - world.start_h <= LIMIT_H:
            slow.add(with_money(path, (end - world.start_h) * 60))
    found = {way.values for way in search_front(search, TRADE_OFFS, LIMIT)}
    assert found == front_of(slow)


@given(clockworks())
def test_the_front_to_an_arrival_leaves_each_way_as_late_as_can_be(world):
    due_h = LIMIT_H + 24 * 10
    due = START + timedelta(hours=due_h)
    asked = world.request(depart=None, arrive_by=due.isoformat())
    search = open_search(world.network, asked)
    every = set()
    for path in every_way(search.graph):
        took = search.timing.elapsed_min(path)
        hours = next(
            (
                due_h - start
                for start in range(due_h, due_h - LIMIT_H - 1, -1)
                if (end := arrival(world, path, start)) is not None and end <= due_h
            ),
            None,
        )
        if hours is None:
            assert took is None or took > (LIMIT_H - 1) * 60
            continue
        assert (hours - 1) * 60 < took <= hours * 60  # the slow clock tries whole hours
        every.add(with_money(path, took))
    found = {way.values for way in search_front(search, TRADE_OFFS, LIMIT)}
    assert found == front_of({values for values in every if values[0] <= LIMIT[Measure.TIME]})


@given(clockworks())
def test_every_link_is_passed_as_the_slow_clock_passes_it_and_never_earlier_by_being_later(world):
    search = open_search(world.network, world.request())
    clock = search.timing.clock
    for index, arc in enumerate(search.graph.arcs):
        before = None
        for ready in range(world.start_h, world.start_h + 24 * 9, 29):
            moment = search.timing.moment + (ready - world.start_h) * 60
            took = clock.minutes(index, moment)
            through = None if took is None else hours_of(moment + took)
            slow = world.arrival(arc.edge.edge_id, ready)
            if slow is not None or (through is not None and through < 24 * 30):
                assert through == slow
            if through is not None and before is not None:
                assert through >= before
            before = through
            assert took is None or took >= clock.least_minutes(index)


@given(clockworks())
def test_the_latest_moment_is_in_time_and_a_minute_later_is_not(world):
    search = open_search(world.network, world.request())
    clock, moment = search.timing.clock, search.timing.moment
    for index in range(len(search.graph.arcs)):
        due = moment + 24 * 9 * 60
        latest = clock.latest(index, due)
        if latest is None:
            assert (
                clock.minutes(index, moment) is None or moment + clock.minutes(index, moment) > due
            )
            continue
        assert latest + clock.minutes(index, latest) <= due
        later = clock.minutes(index, latest + 1)
        assert later is None or latest + 1 + later > due


@pytest.mark.parametrize("measures", [(Measure.COST,), (Measure.COST, Measure.TIME)])
@given(world=clockworks())
def test_measures_may_stand_in_any_order(world, measures):
    search = open_search(world.network, world.request())
    full = {
        tuple(way.values[TRADE_OFFS.index(m)] for m in measures)
        for way in search_front(search, (Measure.TIME, Measure.COST, Measure.CO2), LIMIT)
    }
    found = search_front(search, measures, LIMIT if Measure.TIME in measures else {})
    assert [way.values for way in found] == sorted(way.values for way in found)
    if Measure.TIME in measures:
        assert {way.values for way in found} == front_of(full)
