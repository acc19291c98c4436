"""What proof found, told to whom it concerns: grouped for an editor, and in the formats that machines read.

Values in, values out: a report is a dictionary, a list of lines or a tuple; who prints it is not known here.
"""

from composer.proofs.severities import weight
from composer.reports.annotations import annotations
from composer.reports.grouping import Group, grouped
from composer.reports.plain import as_json, line, tally
from composer.reports.proved import Proved
from composer.reports.sarif import sarif

__all__ = ["Group", "Proved", "annotations", "as_json", "grouped", "line", "sarif", "tally", "weight"]
