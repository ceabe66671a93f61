"""A small plugin that conforms, as files; tests take it and break one thing at a time."""

from tests.demo_plugin import BASE

EXAMPLES = """
examples:
  - {name: all fine, version: "2020", scores: {care: 3, safety: 3, access: 3}, headline: high}
"""

CONFORMING = {
    "frameworks/demo.yaml": BASE["framework.yaml"],
    "designs/word.yaml": BASE["word.yaml"].replace("in_force\nseries", "superseded\nseries")
    + "declares: [monotone]"
    + EXAMPLES,
    "designs/new-word.yaml": BASE["new-word.yaml"] + EXAMPLES,
    "patches/higher.yaml": BASE["patch.yaml"],
    "data/demo.yaml": BASE["dataset.yaml"],
    "data/table.csv": (
        "body,date,version,headline,score,care,safety,access,evidence,source,note\n"
        "Here,2023-05,2020,middle,67,3,2,1,report,https://example.org/here,\n"
        "There,2023-06,2020,high,100,3,3,3,report,https://example.org/there,\n"
    ),
    "conformance/plugin.yaml": (
        "format: assurance/conformance/1\n"
        "namespaces: [demo]\n"
        "properties:\n"
        "  demo/new-word: [monotone, decisive]\n"
        "data:\n"
        "  demo:\n"
        "    reproduces:\n"
        '      demo/word: {words: "2 of 2", scores: 2 of 2}\n'
    ),
}
