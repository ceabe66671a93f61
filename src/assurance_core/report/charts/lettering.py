"""How wide text will be, where no browser can be asked: 0.62 em a letter leaves a margin."""

FONT = 14
_EM = 0.62


def text_width(text: str, size: float = FONT) -> float:
    """Return the width to leave for a text, in pixels."""
    return len(text) * _EM * size
