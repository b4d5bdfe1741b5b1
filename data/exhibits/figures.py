"""Key figures as an exhibit: takes the entry of one, returns its numbers with their labels, and findings."""

from dataclasses import replace

from data import alt
from data.context import Context
from data.exhibits.caption import credited
from data.model import Caption, Figures, figure_texts, numbers, sources_of
from data.schema import FiguresEntry
from data.yamlfile import PlaceOf


def read(caption: Caption, entry: FiguresEntry, place: PlaceOf, context: Context) -> Figures:
    """Those of the values that are there and have a label."""
    found = [context.key_figures.read(id, place("figures", index)) for index, id in enumerate(entry.figures)]
    figures = tuple(figure for figure in found if figure is not None)
    texts = list(figure_texts(figures))
    quantities = [number.quantity for text in texts for number in numbers(text)]
    exhibit = Figures(credited(caption, quantities, sources_of(*texts), context, names=False), figures)
    return replace(exhibit, caption=replace(exhibit.caption, alt=alt.figures(exhibit, context.formatter)))
