"""Charts, drawn on the server: rules of places only, no words and no request."""

from departments.charts.bands import Band, Edge, Mark, Tick, band_chart
from departments.charts.drawing import Chart, Table
from departments.charts.parts import Month, Parts, parts_chart
from departments.charts.trends import Point, Trend, Turn, trend_chart

__all__ = [
    "Band",
    "Chart",
    "Edge",
    "Mark",
    "Month",
    "Parts",
    "Point",
    "Table",
    "Tick",
    "Trend",
    "Turn",
    "band_chart",
    "parts_chart",
    "trend_chart",
]
