"""Settings of Sphinx, which makes the pages: make docs."""

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
