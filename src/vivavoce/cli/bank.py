"""`viva questions` and `viva voices`."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from vivavoce.cli.context import Context
from vivavoce.locations import Locations
from vivavoce.model import Interviewer, Kind
from vivavoce.questions import check as problems_in
from vivavoce.settings import Settings
from vivavoce.wiring import factories

_SENTENCE = "Good morning. Please take a seat, and tell me what brings you here."


@click.group(invoke_without_command=True)
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Only this kind.")
@click.pass_context
def questions(ctx: click.Context, kind: str | None) -> None:
    """The questions of the bank, yours included."""
    if ctx.invoked_subcommand is not None:
        return
    known, problems = factories.questions(ctx.obj.locations)
    for question in known:
        if kind in (None, question.kind):
            click.echo(f"{question.kind:<12} {question.id}\n             {question.text}")
    for problem in problems:
        click.echo(problem, err=True)


@questions.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> int:
    """Check a file of questions; every problem with its line."""
    problems = problems_in(file)
    for problem in problems:
        click.echo(str(problem), err=True)
    if not problems:
        click.echo("No problems found.")
    return 1 if problems else 0


@click.command()
@click.option("--try", "name", default="", help="Hear this interviewer.")
@click.pass_obj
def voices(context: Context, name: str) -> None:
    """The interviewers; with --try, hear one."""
    known, problems = factories.interviewers(context.locations)
    for problem in problems:
        click.echo(problem, err=True)
    if name:
        asyncio.run(_speak(context.prepare(), context.settings(), factories.chosen(name, known)))
        return
    for who in known:
        click.echo(f"{who.id:<12} {who.name}: {who.manner}")


async def _speak(locations: Locations, options: Settings, who: Interviewer) -> None:
    rendering = await factories.voice(locations, options).render(_SENTENCE, who)
    if rendering.notice:
        click.echo(rendering.notice, err=True)
    playback = await factories.player(locations, options).play(rendering.audio)
    await playback.wait()
