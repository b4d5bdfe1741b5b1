"""Drawings on paper: the PDF page of a drawing, its picture, and how far two pictures are apart."""

from collections.abc import Iterable
from io import BytesIO
from math import ceil
from pathlib import Path

import numpy as np
import pypdfium2
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D
from PIL import Image, ImageFilter
from reportlab.pdfgen.canvas import Canvas

from charts import glyphs
from charts.drawing import Drawing, Face
from report.drawing import draw
from report.face import ShapedText
from report.fonts import register_font

SCALE = 3
"""Pixels to a point."""


class _Canvas(Canvas):
    """The document's text, without its tags."""

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> ShapedText:  # noqa: N802
        return ShapedText(self, x, y, direction=direction)


def font(face: Face) -> str:
    name = f"{face.family}-{face.weight}{'-Italic' * face.italic}"
    register_font(name, Path(glyphs.file(face)))
    return name


def pdf(drawing: Drawing) -> bytes:
    """A page as large as the drawing, rounded up to whole points; uncompressed, so that its operators can be read."""
    written = BytesIO()
    size = (ceil(drawing.width), ceil(drawing.height))
    first = font(Face("ibm-plex-sans-condensed"))
    canvas = _Canvas(written, pagesize=size, invariant=1, pageCompression=0, initialFontName=first)
    draw(canvas, drawing, 0, 0, {face: font(face) for face in drawing.faces})
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def page_image(content: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(content)
    return document[0].render(scale=SCALE).to_pil().convert("RGB")


def page_text(content: bytes) -> str:
    text: str = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    return text


def on_a_figure(artists: Iterable[Artist], width: float, height: float) -> Figure:
    """A chart's artists, which are placed in points, on a figure of Matplotlib's, which has its own dots."""
    figure = Figure(figsize=(width / 72, height / 72), dpi=72, frameon=False)
    for order, artist in enumerate(artists):
        artist.set_transform(artist.get_transform() + Affine2D().scale(1 / 72) + figure.dpi_scale_trans)
        artist.set_zorder(order)
        figure.add_artist(artist)
    return figure


def difference(one: Image.Image, other: Image.Image) -> float:
    """The largest mean difference of a cell of 12 by 12 pixels (4 points), 0 to 255, of pictures that share their lower
    left corner. A blur of one point first: two painters may set the edge of a line half a pixel apart."""
    blurred = (image.convert("L").filter(ImageFilter.BoxBlur(SCALE)) for image in (one, other))
    first, second = (np.asarray(image, dtype=float) for image in blurred)
    height, width = min(first.shape[0], second.shape[0]) // 12 * 12, min(first.shape[1], second.shape[1]) // 12 * 12
    apart = np.abs(first[-height:, :width] - second[-height:, :width])
    return float(apart.reshape(height // 12, 12, width // 12, 12).mean(axis=(1, 3)).max())
