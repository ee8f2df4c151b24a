"""The map of places: a conic projection onto the land of `templates/registry/_land.html`.

Albers equal-area conic, standard parallels 48 and 66 degrees north, centred on 56 N 85 E, cropped
to the country from the Baltic to Kamchatka; the same numbers the land was drawn with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin, sqrt

from registry.records.public.shapes import PublicSite

WIDTH, HEIGHT = 1000, 576
_SCALE = WIDTH / 1.32
_LEFT, _TOP = -0.66, -0.47
_N = (sin(radians(48)) + sin(radians(66))) / 2
_C = cos(radians(48)) ** 2 + 2 * _N * sin(radians(48))
_RHO = sqrt(_C - 2 * _N * sin(radians(56))) / _N
CLOSE = 13.0
"""Markers nearer than this are set on a ring, so that each can be seen and followed."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A place on the map: the marker at `x`, `y`, the place itself at `at_x`, `at_y`."""

    site: PublicSite
    x: float
    y: float
    at_x: float
    at_y: float

    @property
    def moved(self) -> bool:
        """Say whether the marker stands aside of its place."""
        return (self.x, self.y) != (self.at_x, self.at_y)


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a point in degrees lies on the map, x to the right and y down."""
    rho = sqrt(max(0.0, _C - 2 * _N * sin(radians(latitude)))) / _N
    theta = _N * radians(longitude - 85)
    x, y = rho * sin(theta), rho * cos(theta) - _RHO
    return round((x - _LEFT) * _SCALE, 1), round((y - _TOP) * _SCALE, 1)


def place_markers(sites: Sequence[PublicSite]) -> list[Marker]:
    """Return a marker for every site whose coordinates are known, none hiding another."""
    groups: list[list[tuple[PublicSite, float, float]]] = []
    for site in sites:
        if site.latitude is None or site.longitude is None:
            continue
        x, y = project(site.latitude, site.longitude)
        near = next((g for g in groups if hypot(g[0][1] - x, g[0][2] - y) < CLOSE), None)
        if near is None:
            groups.append([(site, x, y)])
        else:
            near.append((site, x, y))
    return [marker for group in groups for marker in _spread(group)]


def _spread(group: list[tuple[PublicSite, float, float]]) -> list[Marker]:
    if len(group) == 1:
        site, x, y = group[0]
        return [Marker(site, x, y, x, y)]
    middle_x = sum(x for _, x, _ in group) / len(group)
    middle_y = sum(y for _, _, y in group) / len(group)
    radius = max(9.0, len(group) * CLOSE / (2 * pi) + 2)
    markers = []
    for index, (site, x, y) in enumerate(group):
        angle = 2 * pi * index / len(group)
        stands_x = round(middle_x + radius * sin(angle), 1)
        stands_y = round(middle_y - radius * cos(angle), 1)
        markers.append(Marker(site, stands_x, stands_y, x, y))
    return markers
