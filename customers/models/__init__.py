from customers.models.changes import ChangeQuestion, ProcessChange
from customers.models.measures import Measure, Reading, ReadingQuerySet

__all__ = [
    "ChangeQuestion",
    "Measure",
    "ProcessChange",
    "Reading",
    "ReadingQuerySet",
]
