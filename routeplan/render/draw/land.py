"""Land and borders to draw on, and whom to name for them."""

from __future__ import annotations

from routeplan.places.land import Land, load_land

__all__ = ["CREDIT", "Land", "load_land"]

CREDIT = "Land and borders: Natural Earth (borders schematic)"
