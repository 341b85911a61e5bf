"""One way to run a child process: typed messages, deadlines, kill and restart.

Speech engines, sound servers and neural networks hang, crash and print. So each lives in a child process, and all
children speak one way: `python -m vivavoce.programs.<program>` in a session of its own, its stderr in the log, typed
messages (dataclasses as JSON lines) over its standard input and output. The end of its input tells a child that nobody
waits for it any longer.

`Child` and `ask` are the main process's side; `Parent` is the child's.
"""

from vivavoce.children.child import Child, ask
from vivavoce.children.codec import Codec, Failed
from vivavoce.children.parent import Parent
from vivavoce.children.standing import Standing

__all__ = ["Child", "Codec", "Failed", "Parent", "Standing", "ask"]
