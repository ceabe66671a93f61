"""Settings of Sphinx, which makes the pages: make docs."""

from typing import Any

project = "assurance-core"
author = "the assurance-core developers"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["make"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "assurance-core"
# The pages are the same whenever they are made, and load nothing from elsewhere.
html_last_updated_fmt = None
html_copy_source = False
html_show_copyright = False
html_static_path = ["_static"]
html_css_files = ["pages.css"]

# What the theme leaves out for people who read with the keyboard or a screen reader: the level of a
# heading, and a way to move a part that is wider than the screen.
MENDED = {
    'role="heading">': 'role="heading" aria-level="2">',
    "<pre>": '<pre tabindex="0">',
    '<div class="table-wrapper ': '<div tabindex="0" class="table-wrapper ',
}


def setup(app: Any) -> None:
    """Have every page mended before it is written, after the theme has done its part."""
    app.connect("html-page-context", mend, priority=900)


def mend(_app: object, _page: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    """Put in what the theme leaves out, in the text and in the list of pages."""
    for part in {"body", "furo_navigation_tree"} & context.keys():
        for found, better in MENDED.items():
            context[part] = context[part].replace(found, better)
