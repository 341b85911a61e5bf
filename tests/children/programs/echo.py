"""Sends back what it is sent, whatever type of the model it is."""

from __future__ import annotations

from tests.children.programs.messages import Do, News, Said
from vivavoce import model
from vivavoce.children import Parent

TYPES = (
    *(value for value in vars(model).values() if isinstance(value, type) and hasattr(value, "__dataclass_fields__")),
    Do,
    News,
    Said,
)

if __name__ == "__main__":
    parent = Parent.meet(*TYPES)
    for message in parent.messages():
        parent.send(message)
