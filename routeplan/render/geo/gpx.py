"""Map layers as GPX 1.1, for navigation devices: waypoints and tracks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan._version import __version__
from routeplan.render.geo.layers import POINT
from routeplan.render.geo.xmltext import degrees_text, xml_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from routeplan.render.geo.layers import Feature, Layer
    from routeplan.render.geo.line import Point


def gpx_text(
    title: str,
    notes: Iterable[str],
    layers: Sequence[Layer],
    describe: Callable[[Feature], str],
) -> str:
    """Write layers as GPX: points become waypoints, lines become tracks.

    Parameters
    ----------
    title
        Name of the file.
    notes
        Its description, one sentence each.
    layers
        In order; GPX has all waypoints before all tracks.
    describe
        Says in one line what a feature is, beside its title.
    """
    return "".join(f"{line}\n" for line in _lines(title, notes, layers, describe))


def _lines(
    title: str, notes: Iterable[str], layers: Sequence[Layer], describe: Callable[[Feature], str]
) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<gpx version="1.1" creator="routeplan {__version__}" '
        'xmlns="http://www.topografix.com/GPX/1/1">'
    )
    yield "<metadata>"
    yield f"<name>{xml_text(title)}</name>"
    yield f"<desc>{xml_text(' '.join(notes))}</desc>"
    yield "</metadata>"
    points = [layer for layer in layers if layer.geometry == POINT]
    for layer in points:
        for feature in layer.features:
            (point,) = feature.parts[0]
            yield f"<wpt {_at(point)}>{_head(feature, describe)}</wpt>"
    for layer in layers:
        if layer not in points:
            for feature in layer.features:
                yield f"<trk>{_head(feature, describe)}"
                for part in feature.parts:
                    yield "<trkseg>"
                    yield from (f"<trkpt {_at(point)}/>" for point in part)
                    yield "</trkseg>"
                yield "</trk>"
    yield "</gpx>"


def _at(point: Point) -> str:
    lon, lat = point
    return f'lat="{degrees_text(lat)}" lon="{degrees_text(lon)}"'


def _head(feature: Feature, describe: Callable[[Feature], str]) -> str:
    """Write what waypoints and tracks share, in the order of the schema."""
    kind = feature.row.get("kind") or feature.style
    told = f"<name>{xml_text(feature.title)}</name><desc>{xml_text(describe(feature))}</desc>"
    return f"{told}<type>{xml_text(str(kind))}</type>" if kind else told
