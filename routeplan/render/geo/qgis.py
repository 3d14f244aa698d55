"""How QGIS draws the layers: one style a layer, as QML, which QGIS 3 reads from a GeoPackage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.render.geo.colors import MODE_COLORS, PLACE_COLOR, WAY_COLORS
from routeplan.render.geo.layers import LINES, POINT
from routeplan.render.geo.xmltext import xml_attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routeplan.render.geo.layers import Layer

_DASHED = "if(&quot;status&quot; in ('planned', 'closed'), 'dash', 'solid')"
_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"


def qml_text(layer: Layer) -> str:
    """Write the style of a layer.

    Legs and links are coloured by mode, dashed where planned or closed; whole ways are broad and
    pale, by rank; places and handling are points, places with their names.
    """
    if layer.name == "places":
        body = _single(_marker("0", PLACE_COLOR, 2.0)) + _labels("name")
    elif layer.geometry == LINES:
        ranks = [str(feature.row["rank"]) for feature in layer.features]
        colors = [WAY_COLORS[i % len(WAY_COLORS)] for i in range(len(ranks))]
        labels = [feature.title for feature in layer.features]
        symbols = [_line(str(i), color, 2.4, "", 0.35) for i, color in enumerate(colors)]
        body = _categories("rank", list(zip(ranks, labels, strict=True)), symbols)
    else:
        values = [(str(mode), str(mode)) for mode in MODE_COLORS]
        symbols = [
            _marker(str(i), color, 1.6)
            if layer.geometry == POINT
            else _line(str(i), color, 0.6, _DASHED)
            for i, color in enumerate(MODE_COLORS.values())
        ]
        body = _categories("mode", values, symbols)
    return f'{_HEAD}<qgis version="3.22.0" styleCategories="Symbology|Labeling">\n{body}</qgis>\n'


def _single(symbol: str) -> str:
    return (
        '<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">\n'
        f"<symbols>\n{symbol}</symbols>\n</renderer-v2>\n"
    )


def _categories(attribute: str, values: Sequence[tuple[str, str]], symbols: Iterable[str]) -> str:
    """Draw each value of a column by a symbol of its own; `values` are values and their labels."""
    listed = "".join(
        f"<category value={xml_attribute(value)} label={xml_attribute(label)} "
        f'symbol="{index}" render="true"/>\n'
        for index, (value, label) in enumerate(values)
    )
    return (
        f'<renderer-v2 type="categorizedSymbol" attr="{attribute}" symbollevels="0" '
        'enableorderby="0" forceraster="0">\n'
        f"<categories>\n{listed}</categories>\n<symbols>\n{''.join(symbols)}</symbols>\n"
        "</renderer-v2>\n"
    )


def _line(name: str, color: str, width_mm: float, style: str, opacity: float = 1) -> str:
    values = {
        "line_color": _rgba(color),
        "line_width": str(width_mm),
        "line_width_unit": "MM",
        "line_style": "solid",
        "capstyle": "round",
        "joinstyle": "round",
    }
    more = _expressions(outlineStyle=style)
    return _symbol(("line", name, opacity), "SimpleLine", values, more)


def _marker(name: str, color: str, size_mm: float) -> str:
    values = {
        "name": "circle",
        "color": _rgba(color),
        "outline_color": "255,255,255,255",
        "outline_width": "0.2",
        "outline_width_unit": "MM",
        "size": str(size_mm),
        "size_unit": "MM",
    }
    return _symbol(("marker", name, 1), "SimpleMarker", values, "")


def _symbol(head: tuple[str, str, float], layer: str, values: dict[str, str], more: str) -> str:
    """Write a symbol of one layer; `prop` is read by all versions of QGIS 3."""
    kind, name, opacity = head
    properties = "".join(f'<prop k="{key}" v="{value}"/>\n' for key, value in values.items())
    return (
        f'<symbol type="{kind}" name="{name}" alpha="{opacity}" clip_to_extent="1" force_rhr="0">\n'
        f'<layer class="{layer}" enabled="1" pass="0" locked="0">\n{properties}{more}</layer>\n'
        "</symbol>\n"
    )


def _expressions(**expressions: str) -> str:
    """Let an expression decide on a property of a symbol, feature by feature."""
    told = "".join(
        f'<Option type="Map" name="{key}">\n<Option type="bool" name="active" value="true"/>\n'
        f'<Option type="QString" name="expression" value="{expression}"/>\n'
        '<Option type="int" name="type" value="3"/>\n</Option>\n'
        for key, expression in expressions.items()
        if expression
    )
    if not told:
        return ""
    return (
        '<data_defined_properties>\n<Option type="Map">\n'
        '<Option type="QString" name="name" value=""/>\n'
        f'<Option type="Map" name="properties">\n{told}</Option>\n'
        '<Option type="QString" name="type" value="collection"/>\n'
        "</Option>\n</data_defined_properties>\n"
    )


def _labels(attribute: str) -> str:
    """Write a column beside each point, with a white rim."""
    return (
        '<labeling type="simple">\n<settings calloutType="simple">\n'
        f'<text-style fieldName="{attribute}" fontSize="8" fontSizeUnit="Point" '
        'textColor="51,51,51,255" textOpacity="1" isExpression="0" multilineHeight="1">\n'
        '<text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" '
        'bufferColor="255,255,255,255" bufferOpacity="1"/>\n</text-style>\n'
        '<placement placement="6" dist="1" distUnits="MM" priority="5"/>\n'
        '<rendering drawLabels="1" obstacle="1" displayAll="0"/>\n'
        "</settings>\n</labeling>\n"
    )


def _rgba(color: str) -> str:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},255"
