"""One neutral document, rendered as text or Markdown; and the JSON answers."""
