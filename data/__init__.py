"""Data: what a briefing says, from the files that people write to the model that all writers read.

model.py        what is said: frozen, resolved, typed
load.py         a folder -> the model and findings; its steps are
folder.py         the files, each read and checked by itself: textfile, yamlfile and csvfile; schema, fields, validate
facts.py          what can be printed and cited: sources, series (seriesfile, series), values (values, units)
numbering.py      the labels of exhibits
names.py          what a name in a text stands for; markdown reads the texts themselves
keyfigures.py     a value as a big number
exhibits/         charts, tables, figures and quotations, one module a kind; context is what all are read with
check.py        what makes a loaded briefing sound
findings/       what can be wrong, one class a kind
format.py       numbers and dates as words; words has the documents' own, alt the text alternatives
theme.py        colours, type and sizes; fonts finds the files, columns divides the width of a table
text.py         runs without Markdown; script tells what runs from right to left
paths.py        what lies outside a folder
notice.py       tables that the build itself writes
trust/          what makes the numbers trustworthy
building/       what a build keeps and publishes
briefing/, starter/   content
"""
