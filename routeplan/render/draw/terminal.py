"""Maps and charts for a terminal: right at 80 columns, with and without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from routeplan.language import say
from routeplan.render.draw.axis import Scale, scale_of
from routeplan.render.draw.canvas import Canvas
from routeplan.render.draw.front import undominated
from routeplan.render.draw.geometry import fit, thin
from routeplan.render.draw.land import load_land
from routeplan.render.draw.map_svg import by_weight
from routeplan.render.figures import km_text, money_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rich.console import Console

    from routeplan.render.draw.bars import RangeBar
    from routeplan.render.draw.distance import Profile
    from routeplan.render.draw.front import FrontPoint
    from routeplan.render.draw.scene import MapLine, Mark, Scene

STYLES = {
    "rail": "green",
    "road": "yellow",
    "sea": "bright_blue",
    "ferry": "cyan",
    "barge": "bright_blue",
    "air": "magenta",
    "handling": "white",
    "formalities": "bright_magenta",
    "waiting": "bright_black",
    "open": "green",
    "restricted": "yellow",
    "planned": "bright_blue",
    "closed": "red",
    "measured": "green",
    "published": "bright_blue",
    "derived": "yellow",
    "assumed": "red",
    "shut": "bright_red",
    "opened": "bright_green",
    "altered": "yellow",
    "same": "bright_black",
    "was": "white",
    "now": "bright_cyan",
    "cap-0": "bright_black",
    "cap-1": "blue",
    "cap-2": "bright_blue",
    "cap-3": "cyan",
    "cap-4": "bright_white",
}
"""Class of a line -> colour of the terminal's own palette, as tables have it."""
_CHARS = "#=~+-*o%"
"""What lines are drawn with where there is no colour, in the order of the legend."""
_FEW_CHARS = {"same": ".", "shut": "x", "opened": "+", "altered": "%", "was": "o", "now": "#"}
_MODE_CHARS = {"rail": "#", "road": "=", "sea": "~", "ferry": "+", "barge": "-", "air": ":"}
_LAYERS = {"same": 0, "was": 2, "now": 3, "altered": 4, "opened": 4, "shut": 5}
_COAST = "bright_black"


def map_terminal(scene: Scene, console: Console, *, chosen: int = 1) -> Text:
    """Draw a map as wide as the console.

    With colours, lines are dots in the colour of their class. Without, each class has a character
    of its own, so that a line cannot be taken for a coast.

    Raises
    ------
    ValueError
        If nothing in the scene has coordinates.
    """
    lines = [line for line in scene.lines if line.way in (0, chosen)]
    marks = [mark for mark in scene.marks if mark.way in (0, chosen)]
    places = scene.frame_points(chosen)
    if not places:
        message = "nothing to draw: no place has coordinates"
        raise ValueError(message)
    columns = max(20, min(console.width, 160) - 1)
    shape = fit(places, 2 * columns, margin=0.04)
    rows = max(8, min(round(shape.height / 4), 44))
    canvas = Canvas(columns, rows, ascii_only=is_ascii(console))
    frame = fit(places, canvas.width, canvas.height, margin=0.04)
    for ring in load_land().rings:
        drawn = thin((frame.at(place) for place in ring), 0.7)
        if any(frame.holds(x, y, 8.0) for x, y in drawn):
            canvas.line(drawn, _COAST)
    for line in sorted(lines, key=_weight):
        drawn = thin((frame.at(place) for place in line.points), 0.7)
        char = "" if is_coloured(console) else char_of(line.style, scene)
        canvas.line(drawn, STYLES.get(line.style, "white"), char=char)
    for mark in by_weight(marks):
        x, y = frame.at(mark.at)
        _name(canvas, mark, int(x) // 2, int(y) // 4)
    sheet = canvas.text()
    sheet.append_text(_legend(scene, console, lines))
    return sheet


def is_ascii(console: Console) -> bool:
    """Say whether the console shows ASCII only."""
    return not console.encoding.lower().startswith("utf")


def is_coloured(console: Console) -> bool:
    """Say whether the console shows colours."""
    return console.color_system is not None and not console.no_color


def char_of(style: str, scene: Scene) -> str:
    """Return the character a class of lines is drawn with where there is no colour."""
    known_char = _MODE_CHARS.get(style) or _FEW_CHARS.get(style)
    if known_char:
        return known_char
    styles = [known for known, _ in scene.legend]
    return _CHARS[styles.index(style) % len(_CHARS)] if style in styles else "#"


def _weight(line: MapLine) -> tuple[int, int, int]:
    """Draw flights and sailings first and short links last: they would be covered.

    What a change did lies over what it left, and the ways before and after over both.
    """
    far = ("air", "sea", "ferry", "barge")
    layer = _LAYERS.get(line.style, 1)
    return (layer, 0 if line.mode in far else 1, -len(line.points))


def _name(canvas: Canvas, mark: Mark, column: int, row: int) -> None:
    """Mark a place and name it beside, where there is room; over a line if there is no other.

    A place that is only a name is left out where the name has no room.
    """
    important, name = mark.kind == "end", mark.name
    if not canvas.is_free(column, row, 1) and not important:
        return
    length = len(name)
    sides = (
        (column + 2, row),
        (column - length - 1, row),
        (column + 1, row - 1),
        (column - length, row - 1),
        (column + 1, row + 1),
        (column - length, row + 1),
    )
    free = (
        (left, line)
        for of_lines in (True, False)
        for left, line in sides
        if name and canvas.is_free(left - 1, line, length + 2, of_lines=of_lines)
    )
    place = next(free, None)
    if place is None and mark.kind == "place":
        return
    canvas.put(column, row, {"end": "O", "shut": "X"}.get(mark.kind, "o"), "bold")
    if place:
        canvas.put(*place, name, "bold")


def _legend(scene: Scene, console: Console, lines: Sequence[MapLine]) -> Text:
    text = Text()
    used = {line.style for line in lines}
    for style, name in scene.legend:
        if style in used:
            text.append("   " if text else "")
            char = (
                ("--" if is_ascii(console) else "━━")
                if is_coloured(console)
                else char_of(style, scene)
            )
            text.append(char, style=STYLES.get(style, "white"))
            text.append(f" {name}")
    ways = any(mark.way for mark in scene.marks)
    text.append("   O start, destination   o stop, border\n" if ways else "\n", style="dim")
    return text


def front_terminal(
    points: Sequence[FrontPoint],
    console: Console,
    *,
    currency: str = "USD",
    front: Sequence[tuple[float, float]] = (),
) -> Text:
    """Draw time against cost: numbers are ways, the line the steps of the best of them.

    Parameters
    ----------
    points
        At least one.
    console
        Its width decides how wide the drawing is.
    currency
        Of the costs.
    front
        Days and cost of the ways of the exact front, if it is known: dots, and the steps join those
        that no other beats in both.
    """
    columns, rows = max(40, min(console.width, 120) - 1), 18
    canvas = Canvas(columns, rows, ascii_only=is_ascii(console))
    known = [(p.days, p.cost) for p in points]
    x = scale_of([days for days, _ in (*known, *front)], 2 * 10, 2 * (columns - 3))
    y = scale_of([cost for _, cost in (*known, *front)], 4 * (rows - 3), 4)
    title = say("cost, {currency}", currency=currency)
    _axes(canvas, (x, y), title, say("days door to door, P50"), money_text)
    best = undominated(front or known)
    corners = [(x.at(best[0][0]), y.at(best[0][1]))] if best else []
    for days, cost in best[1:]:
        corners += [(x.at(days), corners[-1][1]), (x.at(days), y.at(cost))]
    canvas.line(corners, "cyan")
    for days, cost in front:
        canvas.put(int(x.at(days)) // 2, int(y.at(cost)) // 4, "*" if canvas.is_ascii else "•")
    for point in sorted(points, key=lambda p: -p.way):
        mark = str(point.way) if point.way < 10 else "+"
        canvas.put(int(x.at(point.days)) // 2, int(y.at(point.cost)) // 4, mark, "bold")
    return canvas.text()


def distance_terminal(
    profiles: Sequence[Profile],
    console: Console,
    *,
    value: str,
    text: Callable[[float], str],
    chosen: int = 1,
) -> Text:
    """Draw what adds up along one way against distance, its vertical steps named below."""
    profile = next(p for p in profiles if p.way == chosen)
    columns, rows = max(40, min(console.width, 120) - 1), 18
    canvas = Canvas(columns, rows, ascii_only=is_ascii(console))
    x = scale_of([km for km, _, _ in profile.corners], 2 * 10, 2 * (columns - 3), zero=True)
    y = scale_of([v for _, v, _ in profile.corners], 4 * (rows - 3), 4, zero=True)
    _axes(canvas, (x, y), value, "kilometres from the start", text)
    for (km0, v0, _), (km, v, style) in zip(profile.corners, profile.corners[1:], strict=False):
        canvas.line([(x.at(km0), y.at(v0)), (x.at(km), y.at(v))], STYLES.get(style, "white"))
    letters = "abcdefghijklmnopqrstuvwxyz"[: len(profile.steps)]
    sheet_notes = Text()
    for letter, (km, v, name, _) in zip(letters, profile.steps, strict=False):
        canvas.put(int(x.at(km)) // 2, int(y.at(v)) // 4, letter, "bold")
        sheet_notes.append(f" {letter}", style="bold")
        sheet_notes.append(f" {name}\n")
    sheet = canvas.text()
    sheet.append_text(sheet_notes)
    return sheet


def ranges_terminal(bars: Sequence[RangeBar], console: Console) -> Text:
    """Draw P10 to P90 of each way as a bar, with P50 in it."""
    full, middle = ("=", "|") if is_ascii(console) else ("━", "┃")
    columns = max(20, min(console.width, 120) - 34)
    x = Scale(0, max(bar.p90 for bar in bars), 0, columns - 1)
    text = Text()
    for bar in bars:
        low, high, at = (round(x.at(v)) for v in (bar.p10, bar.p90, bar.p50))
        text.append(f"{bar.way:>2} ", style="bold")
        text.append(" " * low)
        text.append(full * (at - low), style="cyan")
        text.append(middle, style="bold")
        text.append(full * (high - at), style="cyan")
        text.append(" " * (columns - high))
        text.append(f"{bar.p10:5.1f} {bar.p50:5.1f} {bar.p90:5.1f}\n")
    text.append(f"{'days, bar P10-P90, line P50':<{columns + 3}}   P10   P50   P90\n", style="dim")
    return text


def stack_terminal(
    stacks: Sequence[tuple[int, str, Mapping[str, float]]],
    styles: Mapping[str, str],
    console: Console,
    *,
    currency: str,
) -> Text:
    """Draw what each way's cost is made of; every part has a letter, so colour is not needed."""
    columns = max(20, min(console.width, 120) - 16)
    totals = sorted(sum(parts.values()) for _, _, parts in stacks)
    usual = [total for total in totals if total <= 4 * totals[len(totals) // 2]]
    x = Scale(0, max(usual) or 1.0, 0, columns)
    letters = {part: part[0] for part in styles}
    text = Text()
    for way, _, parts in stacks:
        text.append(f"{way:>2} ", style="bold")
        left = at = 0.0
        for part, style in styles.items():
            left += parts.get(part, 0.0)
            end = min(round(x.at(left)), columns)
            text.append(letters[part] * int(end - at), style=STYLES[style])
            at = end
        total = sum(parts.values())
        text.append(f"{'>' if total > x.high else ''} {money_text(total)}\n")
    used = [part for part in styles if any(parts.get(part) for _, _, parts in stacks)]
    text.append(f"{currency}: {', '.join(f'{letters[p]} {p}' for p in used)}\n", style="dim")
    return text


def _axes(
    canvas: Canvas,
    scales: tuple[Scale, Scale],
    upright: str,
    along: str,
    text: Callable[[float], str],
) -> None:
    """Draw the two scales; values upright on the left, kilometres or days along the bottom."""
    x, y = scales
    left, bottom = int(x.start) // 2 - 1, int(y.start) // 4
    bar, corner, rule = ("|", "+", "-") if canvas.is_ascii else ("│", "└", "─")
    for row in range(1, bottom):
        canvas.put(left, row, bar, "dim")
    canvas.put(left, bottom, corner + rule * (canvas.columns - left - 1), "dim")
    for v in y.ticks(5):
        label = text(v)
        canvas.put(left - len(label), int(y.at(v)) // 4, label, "dim")
    free = 0
    for v in x.ticks(6):
        label = km_text(v)
        column = int(x.at(v)) // 2 - len(label) // 2
        if column > free:
            canvas.put(column, bottom + 1, label, "dim")
            free = column + len(label)
    canvas.put(0, 0, upright, "dim")
    canvas.put(max(left, (canvas.columns - len(along)) // 2), bottom + 2, along, "dim")
