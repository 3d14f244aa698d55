"""One colour per mode on every map; colour-blind eyes tell them apart (Okabe and Ito, Tol)."""

from __future__ import annotations

from routeplan.network.vocabulary import Mode

MODE_COLORS = {
    Mode.RAIL: "#009e73",
    Mode.ROAD: "#e69f00",
    Mode.SEA: "#0072b2",
    Mode.FERRY: "#56b4e9",
    Mode.BARGE: "#332288",
    Mode.AIR: "#cc79a7",
}
PLACE_COLOR = "#333333"
WAY_COLORS = ("#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#332288")
"""Colours of whole ways by rank, the first again after the last."""
