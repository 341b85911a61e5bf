"""The `viva` command, its options, and the one place where errors become sentences."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from vivavoce import terminal
from vivavoce.cli.context import Context
from vivavoce.errors import SettingsError, VivaError
from vivavoce.text import clean

_COMMANDS = {
    "practise": "vivavoce.cli.practising",
    "analyse": "vivavoce.cli.analysing",
    "export": "vivavoce.cli.takes",
    "takes": "vivavoce.cli.takes",
    "transcribe": "vivavoce.cli.takes",
    "erase": "vivavoce.cli.takes",
    "questions": "vivavoce.cli.bank",
    "voices": "vivavoce.cli.bank",
    "devices": "vivavoce.cli.machine",
    "model": "vivavoce.cli.machine",
    "doctor": "vivavoce.cli.machine",
}
"""Where each command lives: only the one that is called is imported, so that `viva --help` is there at once."""

_SHORT = {
    "practise": "Straight into a session; --plain for lines of text.",
    "analyse": "What a recording sounds like: any WAV, FLAC, OGG or MP3.",
    "export": "Write takes as txt, md, json, csv, srt or vtt.",
    "takes": "What was recorded so far.",
    "transcribe": "Write down takes that had to wait for the recogniser.",
    "erase": "Remove everything that Viva Voce keeps about you.",
    "questions": "The questions of the bank; check a file of your own.",
    "voices": "The interviewers; hear one.",
    "devices": "Microphones and loudspeakers.",
    "model": "Whisper's weights: list, fetch.",
    "doctor": "What works, what does not, the remedy, where everything lies.",
}


class _Group(click.Group):
    """Loads a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = __import__(_COMMANDS[cmd_name], fromlist=[cmd_name])
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command), "each module names its commands as the command line does"
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(_SHORT.items()))


@click.group(cls=_Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder for everything that is kept.")
@click.option("--device", default="", help="Microphone, by part of its name.")
@click.option("--microphone", default="", help="A sound file, or 'demo', instead of a real microphone.")
@click.option("--loudspeaker", default="", help="Loudspeaker, by part of its name.")
@click.option("--model", default="", help="A Whisper model by name, or the path of a .pt checkpoint.")
@click.option("--language", default="", help="The language spoken, as 'en'.")
@click.version_option(package_name="viva-voce", prog_name="viva")
@click.pass_context
def viva(ctx: click.Context, /, data: Path | None, **flags: str) -> None:
    """Practise spoken answers out loud: asked by a voice, recorded, transcribed and measured on this machine.

    Without a command it opens the trainer.
    """
    ctx.obj = Context(data, flags)
    if ctx.invoked_subcommand is None:
        from vivavoce.cli.practising import open_trainer  # noqa: PLC0415 - only when it is wanted

        ctx.exit(open_trainer(ctx.obj))


def run(arguments: list[str] | None = None) -> int:
    """The exit status of the command line with these arguments (the process's own by default)."""
    try:
        status = viva.main(arguments, prog_name="viva", standalone_mode=False)
    except click.exceptions.Exit as over:
        return int(over.exit_code)
    except click.exceptions.Abort:
        click.echo("Interrupted; nothing that was recorded is lost.", err=True)
        return 130
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        where = context.command_path if context is not None else "viva"
        click.echo(f"{clean(error.format_message())} `{where} --help` tells what is possible.", err=True)
        return error.exit_code
    except VivaError as error:
        click.echo(clean(str(error)), err=True)
        return 2 if isinstance(error, SettingsError) else 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains while it exits
        return 1
    except Exception as error:
        return _crashed(error)
    return status if isinstance(status, int) else 0


def _crashed(error: Exception) -> int:
    log = Context.latest_log()
    terminal.note_crash(log, error)
    sentence = f"Something went wrong that Viva Voce did not expect ({type(error).__name__})."
    click.echo(f"{sentence} The place is noted in {clean(str(log))}; nothing that was recorded is lost.", err=True)
    return 1
