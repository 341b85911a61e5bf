"""A desk of fakes around a real archive."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes import FakeDesk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[FakeDesk]:
    desk = FakeDesk(tmp_path)
    yield desk
    await desk.close()
