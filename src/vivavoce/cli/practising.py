"""`viva` and `viva practise`."""

from __future__ import annotations

import asyncio
from typing import Any

import click

from vivavoce import terminal
from vivavoce.cli.context import Context
from vivavoce.errors import SettingsError
from vivavoce.model import Kind
from vivavoce.practice import Desk, Sitting
from vivavoce.wiring import Workplace


@click.command()
@click.option("--plain", is_flag=True, help="Line by line, for screen readers, pipes and dumb terminals.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in Kind]),
    help="Only this kind; may be repeated.",
)
@click.option("--questions", type=click.IntRange(1, 50), help="How many questions.")
@click.option("--interviewer", default="", help="Who asks, by id; `viva voices` lists them.")
@click.option("--heard-only", is_flag=True, default=None, help="Hide the question's text: it is heard only.")
@click.pass_obj
def practise(context: Context, /, plain: bool, kinds: tuple[str, ...], **flags: Any) -> int:
    """Straight into a session."""
    chosen = {**flags, "kinds": tuple(Kind(kind) for kind in kinds)}
    return asyncio.run(_plain(context, chosen)) if plain else open_trainer(context, chosen, straight=True)


def open_trainer(context: Context, flags: dict[str, Any] | None = None, *, straight: bool = False) -> int:
    """The full-screen program; its exit status."""
    if not terminal.is_terminal():
        raise SettingsError(
            "The trainer needs a terminal that can draw.", "Use `viva practise --plain`, which works line by line."
        )
    return asyncio.run(_full_screen(context, flags or {}, straight))


async def _full_screen(context: Context, flags: dict[str, Any], straight: bool) -> int:
    from vivavoce.tui.app import run_app  # noqa: PLC0415 - Textual is loaded only where it is drawn

    locations = context.prepare()
    desk = Workplace.open(locations, context.settings(**flags))
    try:
        with terminal.chatter_to(locations.log):
            return await run_app(desk, desk.sitting() if straight else None)
    finally:
        await desk.close()


async def _plain(context: Context, flags: dict[str, Any]) -> int:
    locations = context.prepare()
    desk = Workplace.open(locations, context.settings(**flags))
    try:
        return await _line_by_line(desk, desk.sitting())
    finally:
        await desk.close()


async def _line_by_line(desk: Desk, sitting: Sitting) -> int:
    from vivavoce.plain import Lines, PlainSession  # noqa: PLC0415 - only where it is wanted

    session = PlainSession(desk, sitting, click.echo, Lines())
    terminal.when_told(session.leave, "SIGINT", "SIGTERM", "SIGHUP")
    return await session.run()
