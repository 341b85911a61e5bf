from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e import sound_server as server
from tests.e2e.sound_server import SoundServer
from vivavoce.audio import Devices, probe
from vivavoce.errors import SoundError


def configure(server: SoundServer, line: str) -> None:
    config = Path(server.env["ALSA_CONFIG_PATH"])
    config.write_text(f"{config.read_text()}{line}\n")


async def test_the_devices_are_listed_with_the_systems_choice_first(sound_server: SoundServer, tmp_path: Path) -> None:
    found = await probe(tmp_path / "log")
    for devices in (found.inputs, found.outputs):
        assert [(d.name, d.default) for d in devices] == [("default", True), ("pulse", False)]
        assert all(d.channels > 0 and d.rate > 0 for d in devices)


async def test_a_device_that_appears_later_is_seen(sound_server: SoundServer, tmp_path: Path) -> None:
    await probe(tmp_path / "log")
    configure(sound_server, 'pcm.headset { type pulse device "mic" hint { show on description "x" } }')
    assert "headset" in [d.name for d in (await probe(tmp_path / "log")).inputs]


async def test_the_names_of_devices_are_cleaned(sound_server: SoundServer, tmp_path: Path) -> None:
    configure(sound_server, 'pcm."evil\x1b[31m\u202edevice" { type pulse hint { show on description "x" } }')
    names = [d.name for d in (await probe(tmp_path / "log")).inputs]
    assert any("evil" in name for name in names)
    assert all(name.isprintable() and "\u202e" not in name for name in names)


async def test_without_a_server_the_list_is_empty(sound_server: SoundServer, tmp_path: Path) -> None:
    sound_server.kill()
    assert await probe(tmp_path / "log") == Devices((), ())


async def test_a_frozen_server_is_an_error_and_not_a_hang(sound_server: SoundServer, tmp_path: Path) -> None:
    sound_server.freeze()
    with pytest.raises(SoundError, match="hangs or crashes") as caught:
        await probe(tmp_path / "log")
    assert caught.value.remedy


async def test_a_crash_inside_the_sound_library_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/nonexistent")  # ALSA aborts the process that reads it
    with pytest.raises(SoundError, match="hangs or crashes"):
        await probe(tmp_path / "log")


def test_the_servers_socket_has_a_short_path(sound_server: SoundServer) -> None:
    assert len(str(sound_server.root / "run" / "native")) < 108
    assert server.RATE == 48_000
