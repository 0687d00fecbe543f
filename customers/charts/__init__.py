"""Charts of what customers get: rules of places only, no words and no request."""

from customers.charts.axes import axis
from customers.charts.runs import Moment, Point, Run, run_chart
from customers.charts.say_do import Look, Marker, Row, SayDo, say_do_chart

__all__ = [
    "Look",
    "Marker",
    "Moment",
    "Point",
    "Row",
    "Run",
    "SayDo",
    "axis",
    "run_chart",
    "say_do_chart",
]
