"""The figures of a plan's report."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from routeplan.language import say, speaking
from routeplan.render.draw.bars import ranges_svg, stack_svg
from routeplan.render.draw.distance import distance_svg
from routeplan.render.draw.map_svg import map_svg
from routeplan.render.draw.record import page_record
from routeplan.render.draw.scene import plan_scene
from routeplan.render.draw.series import COST_STYLES, cost_stacks, profiles, range_bars
from routeplan.render.draw.shapes import ShapeBook
from routeplan.render.draw.sheet import Sheet, plain_number
from routeplan.render.figures import money_text
from routeplan.render.report.blocks import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

    from routeplan.itinerary.model import Plan
    from routeplan.render.draw.scene import Scene

_WIDE, _HALF = 860, 460
_MAP_HEIGHT = 300
_ALONG_HEIGHTS = {"days": 205, "cost": 170}


class PlanPictures:
    """Draws the figures of a plan, in its language.

    Parameters
    ----------
    plan
        The answer.
    folder
        Its data folder; None for the packaged one.
    """

    def __init__(self, plan: Plan, folder: Path | None) -> None:
        self._plan = plan
        self._folder = folder

    @cached_property
    def _record(self) -> dict[str, Any]:
        return page_record(self._plan, {})

    @cached_property
    def _scene(self) -> Scene:
        return plan_scene(self._record, ShapeBook(self._folder))

    @property
    def has_map(self) -> bool:
        """Whether any place of the first way has coordinates."""
        return bool(self._scene.frame_points(1))

    def map(self) -> Figure:
        """Draw the ways on a map, the first in colour."""

        def draw(inner: bool) -> str:
            return map_svg(self._scene, width=_WIDE, height=_MAP_HEIGHT, inner=inner)

        return Figure("map", say("Way 1 in colour, the others faint"), self._spoken(draw))

    def along(self) -> Iterator[Figure]:
        """Draw time and cost along the way, as UNESCAP does."""
        for name, value, title in (
            ("days", say("days"), say("Days along the way; upright steps are borders and ports")),
            ("cost", self._currency, say("Cost along the way")),
        ):
            yield Figure(f"along-{name}", title, self._spoken(self._distance(name, value)))

    def halves(self) -> Iterator[Figure]:
        """Draw what each way costs, and how sure its time is."""
        stacks = [
            (way, name, {say(part): amount for part, amount in parts.items()})
            for way, name, parts in cost_stacks(self._record)
        ]
        styles = {say(part): style for part, style in COST_STYLES.items()}

        def costs(inner: bool) -> str:
            return stack_svg(
                stacks, styles, title=self._currency, text=money_text, width=_HALF, inner=inner
            )

        def ranges(inner: bool) -> str:
            return ranges_svg(range_bars(self._record), width=_HALF, inner=inner)

        yield Figure("parts", say("What each way costs"), self._spoken(costs), is_half=True)
        title = say("Days of each way: bar P10 to P90, line P50, point average")
        yield Figure("spread", title, self._spoken(ranges), is_half=True)

    def _distance(self, name: str, value: str) -> Callable[[bool], str]:
        def draw(inner: bool) -> str:
            lines = profiles(self._record, name)
            sheet = Sheet(_WIDE, _ALONG_HEIGHTS[name], inner=inner)
            text = money_text if name == "cost" else plain_number
            return distance_svg(lines, value=value, text=text, sheet=sheet)

        return draw

    @property
    def _currency(self) -> str:
        return str(self._record["money"]["currency"])

    def _spoken(self, draw: Callable[[bool], str]) -> Callable[[bool], str]:
        """Draw in the language of the plan, whenever it is asked to."""

        def drawn(inner: bool) -> str:
            with speaking(self._plan.language):
                return draw(inner)

        return drawn
