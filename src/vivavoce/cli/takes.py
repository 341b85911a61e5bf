"""`viva takes`, `viva export`, `viva transcribe` and `viva erase`."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import click

from vivavoce.archive import Archive, Entry, Written, rebuild
from vivavoce.archive import erase as erase_data
from vivavoce.cli.context import Context
from vivavoce.cli.progress import bar
from vivavoce.errors import ArchiveError, DiskError, VivaError
from vivavoce.export import FORMATS, render
from vivavoce.locations import Locations
from vivavoce.model import Review
from vivavoce.practice import Desk, Transcriber
from vivavoce.text import clean, shorten
from vivavoce.wiring import Workplace


@click.command()
@click.argument("take", required=False)
@click.option("--rebuild", "again", is_flag=True, help="Make the database anew from the files beside the recordings.")
@click.pass_obj
def takes(context: Context, take: str | None, again: bool) -> int:
    """What was recorded so far; with an id (its beginning, or 'last'), that take's review."""
    locations = context.prepare()
    if again:
        return _rebuilt(locations)
    with Archive.open(locations, exclusive=False) as archive:
        if take is not None:
            click.echo(render([archive.find(take)], "txt").decode("utf-8"))
            return 0
        entries = archive.history()
    for entry in entries:
        click.echo(_line(entry))
    if not entries:
        click.echo("Nothing has been recorded yet. `viva practise` starts a session.")
    return 0


def _rebuilt(locations: Locations) -> int:
    rebuilt = rebuild(locations)
    click.echo(f"{rebuilt.takes} takes were found again.")
    for path in rebuilt.unread:
        click.echo(f"{clean(str(path))} could not be read and was left as it is.", err=True)
    return 1 if rebuilt.unread else 0


_WRITTEN = {Written.NONE: "not transcribed", Written.DRAFT: "rough draft", Written.WHOLE: ""}


def _line(entry: Entry) -> str:
    words = f"{entry.words} words" if entry.words is not None else _WRITTEN[entry.written]
    when = entry.started.strftime("%Y-%m-%d %H:%M")
    return f"{entry.id}  {when}  {entry.seconds:4.0f} s  {words:<15}  {shorten(entry.asked, 60)}"


@click.command()
@click.argument("what", default="last")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="txt", show_default=True)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="A new file; standard output if absent."
)
@click.pass_obj
def export(context: Context, what: str, form: str, output: Path | None) -> None:
    """Write a take, a session (by the beginning of its id), the last take or 'all'."""
    with Archive.open(context.prepare(), exclusive=False) as archive:
        data = render(_selected(archive, what), form)
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        _write_new(output, data)
        click.echo(f"Written to {clean(str(output))}.", err=True)


def _selected(archive: Archive, what: str) -> list[Review]:
    if what == "all":
        found = list(archive.reviews())
    else:
        sessions = [session.id for session in archive.sessions() if session.id.startswith(what)]
        found = list(archive.reviews(session=sessions[0])) if len(sessions) == 1 else [archive.find(what)]
    if not found:
        raise ArchiveError("There is nothing to export.", "Record an answer first: `viva practise`.")
    return found


def _write_new(path: Path, data: bytes) -> None:
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "wb") as output:
            output.write(data)
    except FileExistsError as error:
        raise DiskError(f"{clean(str(path))} exists already.", "Choose another name; nothing was changed.") from error
    except OSError as error:
        raise DiskError(
            f"{clean(str(path))} cannot be written: {clean(error.strerror or '')}.", "Choose another place."
        ) from error


@click.command()
@click.option("--pending", is_flag=True, required=True, help="All takes without a transcript, or with a draft.")
@click.pass_obj
def transcribe(context: Context, pending: bool) -> int:  # noqa: ARG001 - the only thing it does, asked for by name
    """Write down takes that had to wait for the recogniser."""
    desk = Workplace.open(context.prepare(), context.settings())
    return asyncio.run(_pending(desk))


async def _pending(desk: Desk) -> int:
    waiting = desk.parts.archive.pending()
    transcriber, failures = Transcriber(desk.parts), 0
    try:
        for number, take in enumerate(waiting, 1):
            try:
                with bar(f"{number} of {len(waiting)}") as progress:
                    await transcriber.transcribe(take.id, progress=progress)
            except VivaError as error:
                failures += 1
                click.echo(f"{take.id}: {error}", err=True)
    finally:
        await desk.close()
    click.echo(f"{len(waiting) - failures} of {len(waiting)} takes were written down.")
    return 1 if failures else 0


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def erase(context: Context, yes: bool) -> None:
    """Remove everything: recordings, transcripts, notes, your own questions, the cache."""
    locations = context.locations
    if not yes:
        place = clean(str(locations.data))
        click.confirm(f"Erase everything in {place}, recordings included? It cannot be undone.", abort=True)
    erased = erase_data(locations)
    click.echo(f"{len(erased.removed)} files were erased. Copies and exports made elsewhere are not touched.")
    for path in erased.left:
        click.echo(f"{clean(str(path))} is not ours and was left.", err=True)
