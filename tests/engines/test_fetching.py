"""Fetching weights from a server on this machine that serves, breaks off, and lies."""

import asyncio
import hashlib
import http.server
import threading
from pathlib import Path

import pytest

from vivavoce.engines import Weights, fetch
from vivavoce.errors import DiskError, FetchError

CONTENT = bytes(range(256)) * 12_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Server(http.server.ThreadingHTTPServer):
    """Serves CONTENT; `breaks` connections end in the middle, `lies` sends something else, `stalls` stops sending."""

    def __init__(self, *, breaks=0, lies=False, stalls=False, ranges=True, status=200):
        super().__init__(("127.0.0.1", 0), Handler)
        self.breaks, self.lies, self.stalls, self.ranges, self.status = breaks, lies, stalls, ranges, status
        self.asked = []
        self.over = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/models"

    def __enter__(self):
        self._thread = threading.Thread(target=self.serve_forever)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.shutdown()
        self._thread.join()
        self.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        server = self.server
        wanted = self.headers.get("Range")
        server.asked.append((self.path, wanted))
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and server.ranges else 0
        body = bytes(len(CONTENT)) if server.lies else CONTENT
        if server.status != 200:
            self.send_error(server.status)
            return
        if start >= len(body):
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        breaking, server.breaks = server.breaks > 0, server.breaks - 1
        end = start + 1_000_000 if breaking or server.stalls else len(body)
        self.wfile.write(body[start:end])
        if server.stalls:
            server.over.wait(60)

    def log_message(self, *_):
        pass


WEIGHTS = Weights("some.en", f"https://nowhere.invalid/{SHA256}/some.en.pt", SHA256, None)


async def get(server, tmp_path: Path, progress=None) -> Path:
    return await fetch(WEIGHTS, tmp_path / "log", progress, where=tmp_path / "cache" / "whisper", base=server.url)


async def test_weights_are_fetched_with_progress_and_checked(tmp_path):
    news = []
    with Server() as server:
        path = await get(server, tmp_path, lambda done, total: news.append((done, total)))
    assert path == tmp_path / "cache" / "whisper" / "some.en.pt"
    assert path.read_bytes() == CONTENT
    assert [child.name for child in path.parent.iterdir()] == ["some.en.pt"]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert news[-1] == (len(CONTENT), len(CONTENT))
    assert news == sorted(news)
    assert server.asked == [(f"/models/{SHA256}/some.en.pt", None)]


async def test_a_connection_that_breaks_off_is_resumed_where_it_ended(tmp_path):
    with Server(breaks=2) as server:
        path = await get(server, tmp_path)
    assert path.read_bytes() == CONTENT
    assert [wanted for _, wanted in server.asked] == [None, "bytes=1000000-", "bytes=2000000-"]


async def test_a_server_that_cannot_resume_is_asked_for_everything_again(tmp_path):
    with Server(breaks=1, ranges=False) as server:
        path = await get(server, tmp_path)
    assert path.read_bytes() == CONTENT


async def test_a_later_try_goes_on_where_an_earlier_one_was_cancelled(tmp_path):
    started = asyncio.Event()
    with Server(stalls=True) as server:
        task = asyncio.create_task(get(server, tmp_path, lambda *_: started.set()))
        await asyncio.wait_for(started.wait(), 30)
        part = tmp_path / "cache" / "whisper" / "some.en.pt.part"
        while part.stat().st_size < 1_000_000:
            await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert not part.with_suffix("").exists()
    with Server() as server:
        path = await get(server, tmp_path)
    assert path.read_bytes() == CONTENT
    assert [wanted for _, wanted in server.asked] == ["bytes=1000000-"]


async def test_what_was_complete_but_not_yet_named_is_checked_and_named(tmp_path):
    where = tmp_path / "cache" / "whisper"
    where.mkdir(parents=True)
    (where / "some.en.pt.part").write_bytes(CONTENT)
    with Server() as server:
        path = await get(server, tmp_path)
    assert path.read_bytes() == CONTENT


async def test_something_else_than_what_was_published_is_thrown_away(tmp_path):
    with Server(lies=True) as server, pytest.raises(FetchError, match="not what was published"):
        await get(server, tmp_path)
    assert list((tmp_path / "cache" / "whisper").iterdir()) == []


async def test_a_refusal_names_the_status(tmp_path):
    with Server(status=404) as server, pytest.raises(FetchError, match="answered 404"):
        await get(server, tmp_path)


async def test_without_a_server_the_error_tells_how_to_do_it_by_hand(tmp_path):
    with Server() as server:
        url = server.url
    with pytest.raises(FetchError) as caught:
        await fetch(WEIGHTS, tmp_path / "log", where=tmp_path, base=url)
    assert all(
        part in str(caught.value) for part in (f"{url}/{SHA256}/some.en.pt", str(tmp_path / "some.en.pt"), SHA256)
    )


async def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with Server() as server, pytest.raises(DiskError, match="cannot be written"):
        await fetch(WEIGHTS, tmp_path / "log", where=tmp_path / "file" / "whisper", base=server.url)
    assert server.asked == []


async def test_nothing_but_the_web_is_asked(tmp_path):
    secret = tmp_path / SHA256 / "some.en.pt"
    secret.parent.mkdir()
    secret.write_bytes(CONTENT)
    with pytest.raises(FetchError, match="no web address"):
        await fetch(WEIGHTS, tmp_path / "log", where=tmp_path / "cache", base=f"file://{tmp_path}")
