"""Viva Voce: practise spoken answers out loud, alone at your desk, on your own machine.

A question is read by a voice, thought about, answered into a microphone, written down by Whisper and measured.

The one path of the data, all of it frozen dataclasses in `model`:

    Question -> Take -> Transcript -> Delivery -> Review -> archive / export / screens

The map, from the top down; each layer may import those below it, and neighbours on one line are strangers
(`pyproject.toml` holds the contracts, the tests run them):

    __main__        files are private from the first moment on
    cli/            arguments -> one call each; errors become one sentence and an exit status
    wiring/         the composition root: Settings -> ready objects; names the concrete engines and devices
    tui/ | plain    the full-screen program (alone knows Textual) | the same session line by line
    practice/       the headless core: the phases of an answer, a session, review, recovery, and the desk front ends get
    programs/       the child processes, run by name and imported by nobody
    engines/ | audio/ | questions/ | delivery/ | archive/ | export/
                    speech and recognition | sound in and out | bank, interviewers, planner | what was measured |
                    what was practised | one pure function per format
    ports | settings | children/
                    what the core needs from the world | what the user chose | one way to run a child process
    text | terminal the one gate for outside text | what C libraries print goes to the log
    model | locations | errors
                    the data | where everything lies | what can go wrong, each with its remedy

Who runs where. The main process holds all state and draws; it imports no sound library, no speech engine and no neural
network, because all of them hang, crash and print. Each lives in a child (`programs/`), spoken to in typed messages:

    recorder        armed while the question is read; spools raw sound to disk as it arrives; outlives its parent
    player          plays a file, or a stretch of it, slower or faster
    probe           reads the device list afresh; a hang costs seconds, not the program
    soundfiles      spool -> verified FLAC, any sound file -> what its sound tells
    speaker         one fresh process per sentence
    recogniser      long-lived and of low priority; Whisper and PocketSphinx
    fetcher         Whisper's weights, once, when the user says so

A take is finished in this order, so that no moment of a power cut loses it: spool -> FLAC -> decoded again and compared
-> named -> database row -> sidecar JSON -> only then is the spool removed.
"""
