"""Reports in notebooks: `show(comparison_report(comparison))` as the last line of a cell.

The page stands in a frame of its own, so that its stylesheet and the notebook's do not meet.
"""

from __future__ import annotations

from attrs import frozen
from markupsafe import Markup

from assurance_core.report.comparison_report import comparison_report
from assurance_core.report.document import Report

__all__ = ["comparison_report", "show"]


@frozen(eq=False, repr=False)
class Shown:
    """A report that a notebook displays."""

    report: Report

    def __repr__(self) -> str:
        """Return what is shown, where a notebook cannot show it."""
        return f"Shown({self.report.title!r})"

    def _repr_html_(self) -> str:
        from assurance_core.report.html import to_html

        frame = Markup(
            '<iframe sandbox="allow-downloads" width="100%" height="640" title="{}" srcdoc="{}">'
            "</iframe>"
        )
        return str(frame.format(self.report.title, to_html(self.report)))


def show(report: Report) -> Shown:
    """Return a report as a notebook displays it.

    Example:
        >>> from assurance_core.report.document import Report
        >>> show(Report("One word", ("Nothing.",), ()))
        Shown('One word')
    """
    return Shown(report)
