"""The composition root: settings -> ready objects. The only wing that names concrete engines and devices."""

from vivavoce.wiring import factories, health
from vivavoce.wiring.workplace import Workplace

__all__ = ["Workplace", "factories", "health"]
