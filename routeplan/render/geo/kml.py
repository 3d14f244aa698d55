"""Map layers as KML 2.2, for Google Earth and other viewers: a folder per heading, typed values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.render.cells import cell_text
from routeplan.render.geo.colors import MODE_COLORS, PLACE_COLOR
from routeplan.render.geo.layers import POINT
from routeplan.render.geo.xmltext import degrees_text, xml_attribute, xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from routeplan.render.geo.layers import Feature, Layer
    from routeplan.render.geo.line import Point

_TYPES = {str: "string", int: "int", float: "double", bool: "bool"}
_ON_GROUND = "<tessellate>1</tessellate>"
_NO_MODE = "place"


def kml_text(title: str, notes: Iterable[str], layers: Sequence[Layer]) -> str:
    """Write layers as KML.

    Parameters
    ----------
    title
        Name of the document.
    notes
        Its description, one sentence each.
    layers
        Of points or lines; features of one heading stand in one folder, in order.
    """
    return "".join(f"{line}\n" for line in _lines(title, notes, layers))


def _lines(title: str, notes: Iterable[str], layers: Sequence[Layer]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<kml xmlns="http://www.opengis.net/kml/2.2">'
    yield "<Document>"
    yield f"<name>{xml_text(title)}</name>"
    yield f"<description>{xml_text(' '.join(notes))}</description>"
    yield from _style(_NO_MODE, PLACE_COLOR)
    for mode, color in MODE_COLORS.items():
        yield from _style(mode, color)
    for layer in layers:
        yield from _schema(layer)
    folders: dict[str, list[tuple[Layer, Feature]]] = {}
    for layer in layers:
        for feature in layer.features:
            folders.setdefault(feature.folder, []).append((layer, feature))
    for name, members in folders.items():
        yield f"<Folder><name>{xml_text(name)}</name>"
        for layer, feature in members:
            yield from _placemark(layer, feature)
        yield "</Folder>"
    yield "</Document>"
    yield "</kml>"


def _style(name: str, color: str) -> Iterator[str]:
    red, green, blue = color[1:3], color[3:5], color[5:7]
    opaque = f"<color>ff{blue}{green}{red}</color>"  # KML counts the other way round
    yield f'<Style id="{name}">'
    yield (
        f"<IconStyle>{opaque}<scale>0.7</scale></IconStyle>"
        f"<LineStyle>{opaque}<width>3</width></LineStyle>"
    )
    yield "</Style>"


def _schema(layer: Layer) -> Iterator[str]:
    yield f'<Schema name="{layer.name}" id="{layer.name}">'
    for field in layer.fields:
        yield f'<SimpleField type="{_TYPES[field.kind]}" name={xml_attribute(field.name)}/>'
    yield "</Schema>"


def _placemark(layer: Layer, feature: Feature) -> Iterator[str]:
    yield f"<Placemark><name>{xml_text(feature.title)}</name>"
    yield f"<styleUrl>#{feature.style or _NO_MODE}</styleUrl>"
    yield f'<ExtendedData><SchemaData schemaUrl="#{layer.name}">'
    for field in layer.fields:
        value = feature.row.get(field.name)
        if value is not None and value != "":
            text = str(int(value)) if field.kind is bool else xml_text(cell_text(value))
            yield f"<SimpleData name={xml_attribute(field.name)}>{text}</SimpleData>"
    yield "</SchemaData></ExtendedData>"
    tag, more = ("Point", "") if layer.geometry == POINT else ("LineString", _ON_GROUND)
    shapes = [
        f"<{tag}>{more}<coordinates>{_coordinates(part)}</coordinates></{tag}>"
        for part in feature.parts
    ]
    yield shapes[0] if len(shapes) == 1 else f"<MultiGeometry>{''.join(shapes)}</MultiGeometry>"
    yield "</Placemark>"


def _coordinates(points: Iterable[Point]) -> str:
    return " ".join(f"{degrees_text(lon)},{degrees_text(lat)}" for lon, lat in points)
