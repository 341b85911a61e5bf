"""What the tests of the engines share."""

from pathlib import Path

import pytest
import pytest_asyncio

from vivavoce.engines import WhisperRecogniser

MICRO = Path(__file__).parents[1] / "whisper_micro" / "micro.en.pt"


@pytest.fixture
def log(tmp_path):
    return tmp_path / "engines.log"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def micro(tmp_path_factory):
    """openai-whisper on the small checkpoint that knows espeak-ng's voices; torch is loaded once for all tests."""
    recogniser = WhisperRecogniser(str(MICRO), "en", tmp_path_factory.mktemp("micro") / "log")
    yield recogniser
    await recogniser.close()
