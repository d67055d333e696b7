"""A chart as PNG, for places that cannot show SVG."""

import typst

_PIXELS_AN_INCH = 200.0


def png_of(svg: str) -> bytes:
    """Return the picture as PNG at 200 pixels an inch, 16 cm wide. Raises typst.TypstError for no SVG."""
    source = (
        "#set page(width: 16cm, height: auto, margin: 0cm)\n"
        f'#image(bytes({quoted(svg)}), format: "svg", width: 100%)\n'
    )
    made: bytes = typst.compile(source.encode(), format="png", ppi=_PIXELS_AN_INCH)
    return made


def quoted(text: str) -> str:
    """Return the text as a string of the Typst language, in which nothing is markup."""
    told = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "").replace("\n", "\\n")
    return f'"{told}"'
