"""Contrast of colours as WCAG 2.2 counts it, so that any council's brand colour stays readable."""

WHITE = "#ffffff"
INK = "#0b0c0c"
BLACK = "#000000"
READABLE = 4.5
"""The smallest contrast of text with what is behind it. Source: WCAG 2.2, success criterion 1.4.3."""


def luminance(colour: str) -> float:
    """Return the relative luminance (0 black to 1 white) of a colour such as "#1d4f5c".

    Source: WCAG 2.2, definition of relative luminance.
    """
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, *, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, *, into: str, share: float) -> str:
    """Return `colour` with `share` (0 to 1) of `into` mixed in."""
    parts = (
        round(int(colour[start : start + 2], 16) * (1 - share) + int(into[start : start + 2], 16) * share)
        for start in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)


def readable_on_white(colour: str) -> str:
    """Return the colour, darkened only as far as links on a pale ground need to be read."""
    ground = mixed(colour, into=WHITE, share=0.92)
    for step in range(20):
        darkened = mixed(colour, into=INK, share=step / 20)
        if min(contrast(darkened, other=ground), contrast(darkened, other=WHITE)) >= READABLE:
            return darkened
    return INK


def text_on(colour: str) -> str:
    """Return white or black, whichever is read more easily on `colour`: at least 4.58 to 1 on any."""
    return max((WHITE, BLACK), key=lambda text: contrast(text, other=colour))
