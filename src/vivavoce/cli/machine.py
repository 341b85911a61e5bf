"""`viva devices`, `viva model` and `viva doctor`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from importlib.metadata import version

import click

from vivavoce.archive import wider
from vivavoce.cli.context import Context
from vivavoce.practice import Condition
from vivavoce.text import clean
from vivavoce.wiring import factories, health


@click.command()
@click.pass_obj
def devices(context: Context) -> None:
    """Microphones and loudspeakers, by the names that --device and --loudspeaker take."""
    found = asyncio.run(factories.devices(context.prepare()))
    for title, several in (("Microphones", found.inputs), ("Loudspeakers", found.outputs)):
        click.echo(f"{title}:" if several else f"{title}: none")
        for device in several:
            click.echo(f"  {device.name}{'  (the system’s own choice)' if device.default else ''}")


@click.group()
def model() -> None:
    """Whisper's weights: list, fetch."""


@model.command("list")
@click.pass_obj
def listed(context: Context) -> None:
    """The models, and which are on this machine."""
    for known in health.models(context.settings().model):
        size = f"about {known.size} MB" if known.size else "size not known"
        state = "on this machine" if known.present else f"not here, {size}"
        click.echo(f"{'*' if known.chosen else ' '} {known.name:<16} {state}")


@model.command()
@click.argument("name", default="base.en")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def fetch(context: Context, name: str, yes: bool) -> None:
    """Fetch a model's weights, once, after asking."""
    locations = context.prepare()
    known = {weights.name: weights for weights in health.models(name)}.get(name)
    if known is not None and not yes:
        size = f"about {known.size} MB" if known.size else "a file of unknown size"
        click.confirm(f"Fetch {size} from {known.address} to {clean(known.place)}?", abort=True)
    place = asyncio.run(factories.fetch(locations, name, _reporter()))
    click.echo(f"{name} is on this machine: {clean(str(place))}")


def _reporter() -> Callable[[int, int | None], None]:
    """Tells megabytes, speed and the time that is left, on one line of stderr."""
    since = time.monotonic()
    first: list[int] = []

    def report(done: int, total: int | None) -> None:
        first.append(done) if not first else None
        speed = (done - first[0]) / max(time.monotonic() - since, 0.1)
        whole = f" of {total / 1e6:.0f}" if total else ""
        left = f", {(total - done) / speed:.0f} s left" if total and speed else ""
        click.echo(f"\r{done / 1e6:.1f}{whole} MB, {speed / 1e6:.1f} MB/s{left}   ", err=True, nl=done == total)

    return report


@click.command()
@click.pass_obj
def doctor(context: Context) -> int:
    """What works, what does not, the remedy, where everything lies."""
    locations, options = context.prepare(), context.settings()
    known, unheard = factories.interviewers(locations)
    bank, unusable = factories.questions(locations)
    who = factories.chosen(options.interviewer, known)
    states = asyncio.run(health.states(locations, options, factories.voice(locations, options), who))
    for state in states:
        click.echo(f"{state.part:<12} {state.condition:<8} {state.says}")
        if state.remedy:
            click.echo(f"{'':<22}{state.remedy}")
    click.echo(
        f"{'Questions':<12} {'ready' if bank else 'missing':<8} {len(bank)} questions, {len(known)} interviewers."
    )
    for sentence in (*unusable, *unheard, *_permissions(context)):
        click.echo(f"{'':<22}{sentence}")
    click.echo(f"\nViva Voce {version('viva-voce')}; openai-whisper {version('openai-whisper')}")
    for name in ("data", "cache", "takes", "questions", "voices", "settings", "log"):
        click.echo(f"{name:<12} {clean(str(getattr(locations, name)))}")
    return 0 if all(state.condition is not Condition.MISSING for state in states) else 1


def _permissions(context: Context) -> list[str]:
    """Sentences about files that others may read."""
    return [f"Others may read {clean(str(path))}; `chmod go=` takes that away." for path in wider(context.locations)]
