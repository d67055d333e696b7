"""Stacked bars: shares of a whole, over time or between groups."""

from steward.interface import words
from steward.interface.charts.figures import Bar, StackedBars
from steward.interface.charts.svg import element, image, text

WIDTH = 600.0
LEFT = 150.0
BAR, GAP, KEY_LINE = 30.0, 12.0, 26.0
NARROWEST_WITH_WORDS = 8.0
SHADES = 5


def stacked_bars(figure: StackedBars) -> str:
    """Return bars of shares as SVG, with the key above in the order of the bars."""
    labels = [share.label for share in figure.bars[0].shares] if figure.bars else []
    top = KEY_LINE * -(-len(labels) // 2) + GAP
    drawn = [_key(labels)]
    drawn += [_bar(bar, top + number * (BAR + GAP)) for number, bar in enumerate(figure.bars)]
    height = top + len(figure.bars) * (BAR + GAP)
    return image(
        *drawn, title=figure.title, description=figure.description, size=(WIDTH, height), kind="bars"
    )


def _shade(number: int) -> int:
    return min(number, SHADES - 1) + 1


def _key(labels: list[str]) -> str:
    drawn = []
    for number, label in enumerate(labels):
        x, y = LEFT * (number % 2) * 2, KEY_LINE * (number // 2)
        drawn += [
            element(
                "rect",
                x=x,
                y=y + 3,
                width=16,
                height=16,
                class_=f"steward-share steward-share--{_shade(number)}",
            ),
            text(label, x=x + 24, y=y + 17, class_="steward-name"),
        ]
    return "".join(drawn)


def _bar(bar: Bar, top: float) -> str:
    drawn = [text(bar.label, x=0, y=top + BAR * 0.68, class_="steward-name")]
    across = LEFT
    for number, share in enumerate(bar.shares):
        width = (WIDTH - LEFT) * share.percent / 100
        shade = _shade(number)
        drawn.append(
            element(
                "rect",
                x=across,
                y=top,
                width=width,
                height=BAR,
                class_=f"steward-share steward-share--{shade}",
            )
        )
        if share.percent >= NARROWEST_WITH_WORDS:
            drawn.append(
                text(
                    f"{words.number(share.percent)}%",
                    x=across + width / 2,
                    y=top + BAR * 0.68,
                    class_=f"steward-inside steward-inside--{shade}",
                )
            )
        across += width
    return "".join(drawn)
