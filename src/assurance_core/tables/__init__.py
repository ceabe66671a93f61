"""Tables of assessments: wide CSV in, with errors in a spreadsheet's terms."""
