"""When an edge is shut, and when one who sets out comes through, in local time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from routeplan.network.vocabulary import WEEKDAYS, Effect

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from routeplan.network.model import Network
    from routeplan.network.records import Closure, Edge

_MIDNIGHT = "24:00"
_MAX_DAYS = 3660


def find_closures(
    network: Network, edge: Edge, exemptions: Collection[str] = ()
) -> tuple[Closure, ...]:
    """List the closures that hold for an edge.

    Parameters
    ----------
    network
        The facts.
    edge
        A closure of a country is for the edges with both ends in it; a truck on a ferry is not
        on its roads.
    exemptions
        What is carried or how: the cargo's flags, `reefer`, and `international` for a journey that
        crosses a border. A closure that exempts one of them does not hold.
    """
    ends = {network.nodes[end].country for end in (edge.from_node, edge.to_node)}
    return tuple(
        closure
        for closure in network.closures
        if not set(exemptions) & set(closure.exempts)
        and (not closure.edges or edge.edge_id in closure.edges)
        and (not closure.country or ends == {closure.country})
        and closure.mode in (None, edge.mode)
    )


def pass_edge(closures: Iterable[Closure], start: datetime, hours: float) -> datetime:
    """Return when one who stands ready at `start` has come through an edge.

    Who comes while it is shut waits; who is under way when a pause begins stands and goes on at its
    end. Setting out later never means coming through earlier.

    Parameters
    ----------
    closures
        Those of the edge.
    start
        Local time, without a zone.
    hours
        How long the edge takes without closures.

    Raises
    ------
    ValueError
        If there is no opening in ten years.
    """
    closures = tuple(closures)
    shut = [closure for closure in closures if closure.effect is Effect.SHUT]
    pauses = [closure for closure in closures if closure.effect is Effect.PAUSE]
    entry = _advance(shut, start, timedelta())
    return _advance(pauses, entry, timedelta(hours=hours))


def _advance(closures: Collection[Closure], start: datetime, needed: timedelta) -> datetime:
    """Use up open time from `start` on; with none needed, find the next open moment."""
    if not closures:
        return start + needed
    now = start
    for _ in range(_MAX_DAYS + needed.days):
        day = now.date()
        for begin, end in sorted(shut_hours(closures, day)):
            if end <= now:
                continue
            if begin > now:
                if needed <= begin - now:
                    return now + needed
                needed -= begin - now
            now = end
        midnight = datetime.combine(day + timedelta(days=1), time())
        if now < midnight:
            if needed <= midnight - now:
                return now + needed
            needed -= midnight - now
            now = midnight
    raise ValueError(f"no opening within {_MAX_DAYS} days of {start:%Y-%m-%d}")


def shut_hours(closures: Iterable[Closure], day: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield from when to when each closure that holds on a day does, in local time."""
    start = datetime.combine(day, time())
    for closure in closures:
        if _holds_on(closure, day):
            yield (
                start + _since_midnight(closure.from_hour or "00:00"),
                start + _since_midnight(closure.to_hour or _MIDNIGHT),
            )


def _holds_on(closure: Closure, day: date) -> bool:
    if closure.weekdays and WEEKDAYS[day.weekday()] not in closure.weekdays:
        return False
    if closure.from_day and not closure.from_day <= f"{day:%Y-%m-%d}" <= closure.to_day:
        return False
    first, last = closure.from_month_day, closure.to_month_day
    if not first:
        return True
    today = f"{day:%m-%d}"
    return first <= today <= last if first <= last else today >= first or today <= last


def _since_midnight(hour: str) -> timedelta:
    hours, minutes = hour.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))
