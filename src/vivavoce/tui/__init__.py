"""The terminal program; the only place that knows Textual."""
