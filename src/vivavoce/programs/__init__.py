"""The child processes, one module each, run by name and imported by nobody.

Each is the composition root of its own process: it meets its parent, then lets a wing do the work.
"""
