"""Outside text on a screen: shown as it is, never read as markup.

A `str` handed to a widget is parsed for markup: `[b]` makes bold, `[@click=app.quit]` makes a link, an unbalanced tag
ends the program while drawing. So whatever did not come from this source code is made into Content here.
"""

from __future__ import annotations

from textual.content import Content

from vivavoce.text import clean


def plain(text: str, style: str = "", *, lines: bool = False) -> Content:
    """Nothing but this text, in one style."""
    return Content.styled(clean(text, lines), style) if style else Content(clean(text, lines))
