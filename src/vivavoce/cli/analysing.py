"""`viva analyse`."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import click

from vivavoce.cli.context import Context
from vivavoce.cli.progress import bar
from vivavoce.errors import ModelMissing, VivaError
from vivavoce.export import render
from vivavoce.model import Capture, Ended, Kind, Lights, Question, Review, Take
from vivavoce.ports import Recogniser, SoundFiles
from vivavoce.practice import analyse as analyse_file
from vivavoce.text import clean
from vivavoce.wiring import factories


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Everything, as JSON.")
@click.option("--draft", is_flag=True, help="A rough transcript that needs no weights.")
@click.pass_obj
def analyse(context: Context, files: tuple[Path, ...], as_json: bool, draft: bool) -> int:
    """What a recording sounds like: transcript, pace, fillers, pauses. Nothing is kept."""
    locations, options = context.prepare(), context.settings()
    recogniser = factories.draft(locations) if draft else factories.recogniser(locations, options)
    reviews, failures = asyncio.run(_all(files, factories.sound_files(locations), recogniser))
    if reviews:
        click.echo(render(reviews, "json" if as_json else "txt").decode("utf-8"))
    return 1 if failures else 0


async def _all(files: tuple[Path, ...], sound: SoundFiles, recogniser: Recogniser) -> tuple[list[Review], int]:
    """The reviews of the files that could be read, and how many could not."""
    reviews, failures = [], 0
    try:
        for file in files:
            try:
                reviews.append(await _one(file, sound, recogniser))
            except VivaError as error:
                failures += 1
                click.echo(f"{clean(str(file))}: {error}", err=True)
    finally:
        await recogniser.close()
    return reviews, failures


async def _one(file: Path, sound: SoundFiles, recogniser: Recogniser) -> Review:
    take = _borrowed(file)
    try:
        with bar(clean(file.name)) as progress:
            return await analyse_file(file, take, sound, recogniser, progress)
    except ModelMissing as error:
        click.echo(f"{error} What follows is what the sound alone tells; --draft adds a rough transcript.", err=True)
        return await analyse_file(file, take, sound, None)


def _borrowed(file: Path) -> Take:
    """A take for a file that answers no question of ours."""
    question = Question("file", Kind.ABOUT_YOU, clean(file.name), 0, Lights(0, 0, 0))
    modified = datetime.fromtimestamp(file.stat().st_mtime if file.exists() else 0, UTC)
    return Take("file", "", question, modified, Capture("a sound file", 1, 0, Ended.STOPPED))
