"""The map as shapes: what is said of each region, the depth as a band, and lands whose borders it does not have."""

from dashboard.charts.reach import Drawing, drawing
from restrictions.domain.vocabulary import Status
from restrictions.queries.reach import RegionRow

KURSK = RegionRow("RU-KRS", "Kursk", Status.CONDITIONAL, "Limits")
KHARKIV = RegionRow("UA-63", "Kharkiv", defended=True)


def drawn(*rows: RegionRow, depth_km: int | None = None) -> Drawing:
    found = drawing(rows, territory="RU", depth_km=depth_km)
    assert found is not None
    return found


def test_each_region_carries_what_is_said_of_it() -> None:
    found = drawn(KURSK, KHARKIV)
    assert {shape.region: shape.row for shape in found.targets if shape.row} == {"RU-KRS": KURSK}
    assert {shape.region: shape.row for shape in found.others if shape.row} == {"UA-63": KHARKIV}
    assert all(shape.path.startswith("M") and shape.path.endswith("Z") for shape in (*found.targets, *found.others))


def test_crimea_and_sevastopol_are_ukraine() -> None:
    assert {"UA-43", "UA-40"} <= {shape.region for shape in drawn().others}
    assert len(drawn().others) == 27


def test_names_stand_inside_the_drawing() -> None:
    found = drawn()
    assert all(0 < label.x < found.width and 0 < label.y < found.height for label in found.labels)


def test_a_depth_is_a_band_as_wide_on_the_ground() -> None:
    assert drawn().band == 0
    assert drawn(depth_km=100).band == 106.2


def test_a_land_without_borders_has_no_drawing() -> None:
    assert drawing([], territory="SY", depth_km=None) is None
