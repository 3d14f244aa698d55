"""The words the data files use: modes, kinds, units, confidence, metrics."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """A way cargo is carried. `sea` is a container or feeder ship, `ferry` ro-ro or rail ferry."""

    RAIL = "rail"
    ROAD = "road"
    SEA = "sea"
    FERRY = "ferry"
    BARGE = "barge"
    AIR = "air"


class Vehicle(StrEnum):
    """What rolls onto a ferry; a truck that rolled on rolls off as a truck."""

    TRUCK = "truck"
    WAGON = "wagon"


class NodeKind(StrEnum):
    """What a place is."""

    CITY = "city"
    RAIL_TERMINAL = "rail_terminal"
    SEAPORT = "seaport"
    RIVER_PORT = "river_port"
    DRY_PORT = "dry_port"
    AIRPORT = "airport"
    BORDER = "border"
    JUNCTION = "junction"


class EdgeKind(StrEnum):
    """What happens on an edge; `access` is a short truck link between a city and its terminals."""

    MOVE = "move"
    TRANSSHIP = "transship"
    BORDER = "border"
    GAUGE_CHANGE = "gauge_change"
    ACCESS = "access"


LINEHAUL = (EdgeKind.MOVE, EdgeKind.BORDER, EdgeKind.GAUGE_CHANGE)
"""Kinds of edge between cities, which limits on modes bind; handling and access are always free."""


class Status(StrEnum):
    """Whether an edge can be used."""

    OPEN = "open"
    RESTRICTED = "restricted"
    PLANNED = "planned"
    CLOSED = "closed"


class Confidence(StrEnum):
    """How a number is known, best first."""

    MEASURED = "measured"
    PUBLISHED = "published"
    DERIVED = "derived"
    ASSUMED = "assumed"


class Traction(StrEnum):
    """What pulls the train."""

    ELECTRIC = "electric"
    DIESEL = "diesel"


class Effect(StrEnum):
    """What a closure does: `pause` halts what is under way, `shut` only lets nothing in."""

    PAUSE = "pause"
    SHUT = "shut"


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Unit(StrEnum):
    """What a price is for."""

    TEU = "teu"
    FEU = "feu"
    TRUCK = "truck"
    T = "t"
    KG = "kg"


class Metric(StrEnum):
    """A quantity that may have a source and a confidence of its own within a row."""

    DISTANCE = "distance"
    TIME = "time"
    WAIT = "wait"
    COST = "cost"
    CO2E = "co2e"
    CAPACITY = "capacity"
    FREQUENCY = "frequency"
