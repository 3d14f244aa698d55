"""The line an edge is drawn along: the one place that knows where lines come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from routeplan.network.records import Edge, Node

Point = tuple[float, float]
"""Longitude and latitude in degrees (WGS 84), in this order."""

SCHEMATIC = "schematic"
"""Shape of a straight line between the ends: for orientation, not for length."""


class Line(NamedTuple):
    """Where an edge lies.

    Parameters
    ----------
    points
        From the start to the end of travel; a single one for what happens at a place.
    shape
        What kind of line it is, for whoever draws or reads it: `schematic`.
    """

    points: tuple[Point, ...]
    shape: str


def line_of(edge: Edge, start: Node, end: Node) -> Line | None:  # noqa: ARG001 - a shape is the edge's
    """Return the line of an edge from one of its ends to the other; None without coordinates.

    Every format that draws takes its lines here.
    """
    here, there = point_of(start), point_of(end)
    if here is None or there is None:
        return None
    return Line((here,) if here == there else (here, there), SCHEMATIC)


def point_of(node: Node) -> Point | None:
    """Return where a place is; None if it has no coordinates."""
    return None if node.lon is None or node.lat is None else (node.lon, node.lat)
