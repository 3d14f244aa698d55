"""Build data/sea_lines.geojson: how sailings are drawn, from way points we set ourselves.

    python scripts/build_sea_lines.py

A sailing follows the shortest chain of LANES between its two ports. The way points are judged by
eye on Natural Earth's coast, to stay off the land; they are pictures, no sailing directions, and the
planner takes no length from them. The file is part of our own data (CC BY 4.0).
"""

from __future__ import annotations

import csv
import heapq
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from lines import Point, distance_km, length_km

DATA = Path(__file__).parents[1] / "data"
TARGET = DATA / "sea_lines.geojson"

POINTS: dict[str, Point] = {
    # Caspian
    "caspian-aktau": (50.95, 43.4), "caspian-kuryk": (51.2, 42.95), "caspian-middle": (50.75, 42.0),
    "caspian-south-middle": (50.95, 40.9), "absheron": (50.85, 40.15), "alat-roads": (49.95, 39.8),
    "turkmenbashi-roads": (52.55, 39.95), "turkmenbashi-bay": (52.83, 39.93),
    "caspian-north": (49.6, 44.3), "volga-mouth": (47.9, 45.5),
    # Volga, Don, Azov
    "astrakhan": (48.0, 46.35), "volgograd": (44.6, 48.5), "tsimlyansk": (42.2, 47.65),
    "rostov": (39.7, 47.2), "taganrog": (38.4, 46.87), "dolzhanskaya": (37.6, 46.75), "azov": (36.9, 46.1), "kerch-strait": (36.62, 45.35), "kerch": (36.6, 45.0), "feodosia": (35.9, 44.7), "crimea-south": (34.1, 44.1),
    # Black Sea
    "poti-roads": (41.4, 42.15), "black-sea-east": (38.8, 42.5), "black-sea-middle": (34.5, 43.1),
    "black-sea-west": (31.0, 43.2), "samsun-roads": (36.6, 41.6), "sinop": (35.1, 42.35),
    "constanta-roads": (28.95, 44.1), "varna-roads": (28.15, 43.15), "burgas-roads": (27.9, 42.5),
    "kaliakra": (28.75, 43.2), "bosporus-roads": (29.2, 41.4),
    # Turkish Straits
    "bosporus-north": (29.13, 41.22), "bosporus": (29.06, 41.09), "bosporus-south": (28.95, 40.96),
    "pendik-roads": (29.2, 40.78), "izmit-gulf": (29.45, 40.74), "izmit-gulf-head": (29.75, 40.735), "marmara": (28.2, 40.75),
    "tekirdag-roads": (27.6, 40.85), "bandirma-roads": (28.15, 40.5), "marmara-west": (27.3, 40.6),
    "gelibolu": (26.72, 40.41), "canakkale": (26.38, 40.12), "dardanelles": (26.1, 40.0),
    # Aegean and Mediterranean
    "lemnos": (25.75, 39.6), "athos": (24.6, 39.75), "kassandra": (23.45, 39.7),
    "thermaic": (22.8, 40.2), "skyros": (24.9, 38.95), "kafireas": (24.75, 38.0),
    "sounion": (24.1, 37.55), "saronic": (23.65, 37.75), "lesbos-west": (25.7, 39.05),
    "karaburun": (26.25, 38.75), "izmir-gulf": (26.66, 38.62), "izmir-bay": (26.8, 38.43), "chios-west": (25.55, 38.4), "chios-south": (26.0, 38.05),
    "cesme-roads": (26.22, 38.27), "ikaria-west": (25.75, 37.72), "ikaria": (26.0, 37.25), "levitha": (26.62, 36.85),
    "kea": (24.3, 37.2),
    "malea": (23.35, 36.35), "kythira-strait": (22.97, 36.44), "matapan": (22.4, 36.3), "ionian": (20.6, 37.2), "otranto": (18.85, 40.2),
    "adriatic": (16.7, 42.55), "adriatic-middle": (15.4, 43.2), "adriatic-north": (13.6, 44.5), "trieste-gulf": (13.4, 45.45),
    "kasos": (26.5, 35.25), "rhodes": (28.4, 35.6), "kos": (26.6, 36.35), "milos-west": (24.1, 36.75), "santorini": (24.9, 36.2), "rhodes-west": (27.45, 35.85), "anamur": (32.7, 35.75),
    "silifke": (34.2, 36.15), "mersin-roads": (34.7, 36.55), "iskenderun-gulf": (35.5, 36.35),
    "iskenderun-roads": (36.0, 36.7), "karpathos": (27.5, 35.3), "crete-south": (24.6, 34.4),
    "crete-east": (26.9, 34.6), "port-said": (32.35, 31.4), "suez": (32.55, 29.9),
    "crete-west": (23.0, 35.4), "malta": (14.5, 36.5), "sicily": (11.4, 37.4), "algiers": (4.0, 37.5),
    "alboran": (-2.0, 36.1), "gibraltar": (-5.6, 35.95), "levant": (34.0, 33.5),
    "cyprus-west": (31.9, 34.8), "cyprus-east": (35.0, 35.5),
    # Atlantic and North Sea
    "st-vincent": (-9.6, 36.7), "finisterre": (-9.9, 43.3), "ushant": (-5.9, 48.9),
    "channel": (-1.5, 49.95), "dover": (1.45, 51.0), "hook": (3.6, 52.0), "texel": (4.2, 53.4),
    "german-bight": (7.9, 54.0), "elbe": (9.0, 53.9), "spartel": (-6.2, 35.85), "casablanca": (-9.6, 33.8), "canary": (-17.0, 27.0),
    "dakar": (-18.2, 14.7), "guinea": (-13.0, 5.0), "atlantic-south": (2.0, -15.0),
    "cape": (17.5, -34.8), "agulhas": (20.5, -35.9),
    # Red Sea and Indian Ocean
    "suez-gulf": (33.3, 28.2), "red-sea-north": (34.5, 26.8), "red-sea": (38.4, 20.0),
    "hanish": (42.0, 14.7), "bab-el-mandeb": (43.3, 12.6), "aden": (45.5, 12.0),
    "socotra": (51.8, 13.3), "maldives": (73.0, 7.7), "sri-lanka": (80.5, 5.5), "aceh": (95.0, 6.1),
    "durban": (32.5, -31.5), "madagascar": (48.0, -28.0), "mascarene": (65.0, -22.0),
    "sunda-west": (100.0, -6.3), "sunda": (105.1, -6.45), "sunda-strait": (105.85, -5.93), "sunda-east": (106.3, -5.4), "java-sea": (106.7, -4.6),
    "bangka": (107.5, -2.2), "natuna": (107.0, 2.5),
    "malacca-north": (98.3, 5.4), "malacca": (101.0, 2.75), "malacca-south": (102.3, 1.9), "karimun": (103.35, 1.17), "singapore": (103.85, 1.17),
    "singapore-east": (104.6, 1.4),
    # China
    "vietnam": (110.3, 10.5), "paracel": (113.5, 15.5), "taiwan-strait-south": (117.8, 22.5),
    "taiwan-strait": (119.9, 24.8), "wenzhou": (122.1, 27.5), "zhoushan": (122.9, 29.7),
    "ningbo-roads": (122.05, 29.93),
    "yangtze": (122.6, 30.8), "yellow-sea": (122.8, 33.0), "lianyungang-roads": (120.0, 34.85),
    "qingdao-roads": (120.5, 35.8), "shandong-south": (122.8, 36.2), "shandong": (123.1, 37.5),
    "penglai": (120.9, 38.35), "bohai": (118.6, 38.85),
    # Danube
    "danube-canal": (28.03, 44.34), "calarasi": (27.3, 44.15), "ruse": (25.97, 43.9),
    "svishtov": (25.3, 43.64), "nikopol": (24.8, 43.73), "kozloduy": (23.75, 43.8), "vidin": (22.9, 44.0),
    "prahovo": (22.6, 44.3), "iron-gate": (22.55, 44.65), "orsova": (22.4, 44.68), "donji-milanovac": (22.15, 44.47),
    "golubac": (21.65, 44.66), "smederevo": (20.95, 44.68), "belgrade": (20.5, 44.84),
    "novi-sad": (19.86, 45.25), "vukovar": (19.0, 45.38), "apatin": (18.95, 45.67), "mohacs": (18.7, 46.0),
    "paks": (18.87, 46.62), "dunaujvaros": (18.95, 46.97), "budapest": (19.05, 47.45),
    # Lake Van
    "lake-van": (42.75, 38.55),
}  # fmt: skip
"""Name -> longitude, latitude."""

LANES = (
    "kz-aktau-port caspian-aktau caspian-middle caspian-south-middle absheron alat-roads az-alat-port",
    "kz-kuryk-port caspian-kuryk caspian-middle", "caspian-aktau caspian-north volga-mouth",
    "tm-turkmenbashi-port turkmenbashi-bay turkmenbashi-roads absheron",
    "volga-mouth astrakhan volgograd tsimlyansk rostov taganrog dolzhanskaya azov kerch-strait kerch",
    "kerch black-sea-middle", "kerch feodosia crimea-south black-sea-west",
    "crimea-south bosporus-roads", "crimea-south constanta-roads",
    "ge-poti-port poti-roads black-sea-east", "ge-batumi-port poti-roads", "ge-anaklia-port poti-roads",
    "ge-batumi-port black-sea-east", "ge-batumi-port sinop", "poti-roads sinop",
    "black-sea-east black-sea-middle black-sea-west", "black-sea-west constanta-roads ro-constanta-port",
    "black-sea-west kaliakra varna-roads bg-varna-port", "black-sea-west burgas-roads bg-burgas-port",
    "black-sea-west bosporus-roads", "sinop black-sea-west", "sinop bosporus-roads",
    "sinop samsun-roads tr-samsun-port", "bosporus-roads constanta-roads", "bosporus-roads varna-roads",
    "bosporus-roads burgas-roads", "constanta-roads kaliakra burgas-roads",
    "bosporus-roads bosporus-north bosporus bosporus-south", "bosporus-south tr-ambarli-port",
    "bosporus-south marmara", "tr-ambarli-port marmara", "bosporus-south tr-pendik-port",
    "tr-ambarli-port izmit-gulf", "tr-pendik-port pendik-roads marmara", "bosporus-south izmit-gulf izmit-gulf-head tr-derince-port",
    "izmit-gulf marmara", "marmara marmara-west gelibolu canakkale dardanelles lemnos",
    "tr-tekirdag-port tekirdag-roads marmara", "tekirdag-roads marmara-west",
    "tr-bandirma-port bandirma-roads tekirdag-roads", "bandirma-roads marmara",
    "lemnos athos kassandra thermaic gr-thessaloniki-port", "skyros kassandra", "lemnos lesbos-west karaburun izmir-gulf izmir-bay tr-izmir-port",
    "lemnos skyros kafireas sounion saronic gr-piraeus-port", "lesbos-west chios-west chios-south",
    "karaburun lesbos-west kafireas", "lesbos-west skyros", "chios-south cesme-roads tr-cesme-port", "chios-south kafireas",
    "chios-south ikaria-west ikaria levitha kos rhodes-west rhodes", "kea sounion", "kafireas kea", "saronic kea", "kea malea kythira-strait matapan ionian otranto adriatic adriatic-middle adriatic-north trieste-gulf it-trieste-port",
    "saronic malea", "sounion malea", "kafireas malea", "kos kasos", "rhodes anamur silifke mersin-roads tr-mersin-port",
    "silifke iskenderun-gulf iskenderun-roads tr-iskenderun-port", "kea milos-west santorini kos", "rhodes karpathos crete-east",
    "malea crete-west", "crete-west malta", "matapan malta", "ionian malta", "otranto ionian",
    "crete-east port-said suez suez-gulf red-sea-north red-sea hanish bab-el-mandeb aden socotra maldives sri-lanka aceh",
    "kasos crete-east", "kos kasos", "crete-west crete-south crete-east", "crete-south port-said",
    "mersin-roads cyprus-east levant port-said", "anamur cyprus-west port-said", "anamur crete-east crete-south malta",
    "crete-south malta sicily algiers alboran gibraltar", "gibraltar spartel st-vincent finisterre ushant channel dover hook nl-rotterdam-port",
    "hook texel german-bight elbe de-hamburg-port", "gibraltar spartel casablanca canary dakar guinea atlantic-south cape agulhas",
    "finisterre canary", "ushant finisterre", "agulhas durban madagascar mascarene sunda-west sunda sunda-strait sunda-east java-sea bangka natuna vietnam",
    "aceh malacca-north malacca malacca-south karimun singapore singapore-east natuna", "singapore-east vietnam",
    "vietnam paracel taiwan-strait-south taiwan-strait wenzhou zhoushan ningbo-roads cn-ningbo-port",
    "zhoushan yangtze cn-shanghai-port", "zhoushan yellow-sea lianyungang-roads cn-lianyungang-port",
    "yellow-sea qingdao-roads cn-qingdao-port", "yellow-sea shandong-south shandong penglai bohai cn-tianjin-port",
    "ro-constanta-port danube-canal calarasi ruse svishtov nikopol kozloduy vidin prahovo iron-gate orsova donji-milanovac golubac smederevo belgrade novi-sad vukovar apatin mohacs paks dunaujvaros budapest",
    "bg-ruse-port ruse", "ro-drobeta-port iron-gate", "rs-smederevo smederevo", "rs-belgrade-port belgrade",
    "rs-novi-sad-port novi-sad", "hu-budapest-port budapest", "tr-tatvan lake-van tr-van",
)  # fmt: skip
"""Chains of way points and ports; every neighbour in a chain is a straight piece of sea."""

AVOID = {"suez": ("suez",), "volga-don": ("volgograd",)}
"""Passage -> way points only edges with that passage may use."""


def main() -> None:
    """Write the file and say how the drawn lengths compare with the edges' distances."""
    nodes = {row["node_id"]: row for row in _rows("nodes.csv")}
    lines: dict[tuple[Point, ...], list[str]] = defaultdict(list)
    for edge in _rows("edges.csv"):
        if edge["kind"] != "move" or edge["mode"] not in ("sea", "ferry", "barge"):
            continue
        ports = {
            n: (float(nodes[n]["lon"]), float(nodes[n]["lat"]))
            for n in (edge["from_node"], edge["to_node"])
        }
        banned = {p for name, ps in AVOID.items() if name not in edge["passages"] for p in ps}
        line = _lane(edge, {**POINTS, **ports}, banned)
        if tuple(reversed(line)) in lines:
            line.reverse()
        lines[tuple(line)].append(edge["edge_id"])
        ratio = length_km(line) / float(edge["distance_km"])
        flag = "" if 0.85 < ratio < 1.15 else "  <-- look"
        print(f"{edge['edge_id']:45} {len(line):3} points, drawn / distance {ratio:.2f}{flag}")
    features = [
        _feature(line, edges) for line, edges in sorted(lines.items(), key=lambda kv: kv[1])
    ]
    text = ",\n".join(json.dumps(f, separators=(",", ":")) for f in features)
    TARGET.write_text(f'{{"type":"FeatureCollection","features":[\n{text}\n]}}\n', encoding="utf-8")
    print(f"{TARGET.name}: {len(features)} lines, {TARGET.stat().st_size / 1024:.0f} KiB")


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _lane(edge: dict[str, str], points: dict[str, Point], banned: set[str]) -> list[Point]:
    """Find the shortest chain of lanes between an edge's ports."""
    near = defaultdict(set)
    for lane in LANES:
        chain = lane.split()
        for a, b in zip(chain, chain[1:], strict=False):
            near[a].add(b)
            near[b].add(a)
    start, end = edge["from_node"], edge["to_node"]
    heap: list[tuple[float, str, tuple[str, ...]]] = [(0.0, start, ())]
    seen: set[str] = set()
    while heap:
        cost, here, before = heapq.heappop(heap)
        if here == end:
            return [points[name] for name in (*before, here)]
        if here in seen:
            continue
        seen.add(here)
        for there in near[here] - banned:
            if there in points:  # another port is no way point
                step = distance_km(points[here], points[there])
                heapq.heappush(heap, (cost + step, there, (*before, here)))
    message = f"no lane for {edge['edge_id']}: add way points between {start} and {end}"
    raise SystemExit(message)


def _feature(line: tuple[Point, ...], edges: list[str]) -> dict[str, Any]:
    coordinates = [[round(x, 3), round(y, 3)] for x, y in line]
    return {
        "type": "Feature",
        "properties": {"edge_ids": edges},
        "geometry": {"type": "LineString", "coordinates": coordinates},
    }


if __name__ == "__main__":
    main()
