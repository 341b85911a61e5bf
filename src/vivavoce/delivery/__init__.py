"""Delivery: what was measured from a take. Pure functions of the sound, the transcript and the question's lights.

Words from the recogniser, pauses from the sound. `sound` and `envelope` need numpy and are imported where samples are:
in child processes, by their own names and not through this door.
"""

from vivavoce.delivery.fillers import fillers
from vivavoce.delivery.measuring import VERSION, measure
from vivavoce.delivery.remarks import clock, remarks
from vivavoce.delivery.timeline import mark, timeline

__all__ = ["VERSION", "clock", "fillers", "mark", "measure", "remarks", "timeline"]
