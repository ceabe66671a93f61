"""The claims of the debate on ratings, one a metric, each with who made it.

The debate is about ratings as such, so its claims stand with the metrics that answer them. Who made
a claim is named as author or office: the core names no regulator.
"""

from __future__ import annotations

from assurance_core.lab.metrics.figure import Claim

NAMES = {
    "M1": "Information retained",
    "M2": "Masking",
    "M3": "Compensation depth",
    "M4": "Spread within a label",
    "M5": "Cliff share",
    "M6": "Distance to another word",
    "M7": "Misclassification under scoring noise",
    "M8": "Shadow composite",
    "M9": "Decisiveness",
    "M10": "Reading load",
    "M11": "Alarm sensitivity",
    "M12": "Concordance",
    "M13": "Staleness",
    "M14": "Rule and judgement",
    "M15": "Reproducibility",
    "A1": "Influence of each statement",
    "A2": "Weak statements behind a good word",
    "A3": "How finely the outcome tells apart",
    "A4": "How often limiters bite",
}

CLAIMS = {
    "M1": Claim(
        "One word cannot capture how complex a body is.",
        "LGA, 10 September 2024; Department for Education, 2 September 2024",
    ),
    "M2": Claim("A good overall word hides weak areas.", "Nuffield Trust, 2013; GAO-17-61"),
    "M3": Claim(
        "Averages let failure in one area be offset by others.", "An objection without one author"
    ),
    "M4": Claim(
        "Bodies with the same word can be very different.", "A coroner's report, 12 December 2023"
    ),
    "M5": Claim(
        "One-word ratings have cliff edges.",
        "Wakefield at 62 per cent, September 2025; Swindon's new rating",
    ),
    "M6": Claim(
        "One-word ratings have cliff edges.",
        "Wakefield at 62 per cent, September 2025; Swindon's new rating",
    ),
    "M7": Claim(
        "The outcome depends on which inspector comes; five points are too fine.", "ASCL, 2025"
    ),
    "M8": Claim(
        "Readers add a report card up anyway.", "Schools Week, 9 February 2026; SSAT, 2026"
    ),
    "M9": Claim("The word gives clear accountability.", "The government, 27 March 2024"),
    "M10": Claim(
        "The public wants something simple.",
        "Spielman, 2019; but in a YouGov poll of 2025, 67 % preferred cards",
    ),
    "M11": Claim(
        "A rating does not raise the alarm where it should.",
        "Dixon, 2013; Warrington, 2025",
    ),
    "M12": Claim(
        "Outcomes under different designs cannot be compared over time.",
        "The chief inspector of schools in England, 4 February 2026",
    ),
    "M13": Claim(
        "Ratings are out of date.",
        "Dash, 2024, on providers: 3.7 years old on average, one in five never rated; "
        "Homecare Association, 4 September 2024",
    ),
    "M14": Claim(
        "Scoring drives towards a rating that is not felt to be right.",
        "Staff feedback in Richards's review, Community Care, 16 October 2024",
    ),
    "M15": Claim(
        "Nobody can tell how ratings are calculated.",
        "Dash, 2024; HSJ on two trusts whose draft ratings were added up wrongly",
    ),
}

NO_VERDICT = (
    "No metric here is a verdict on a design, and a low or a high figure is not good or bad by "
    "itself. Several pull in opposite directions: what makes a card tell more makes it longer to "
    "read.",
    "There is a case for coarse grades: they can be the more informative choice where those who "
    "are graded respond to them (Harbaugh and Rasmusen, 2018), and the better incentive (Dubey and "
    "Geanakoplos, 2010).",
    "In social care more people supported single words than opposed them, among 3,496 providers "
    "and 3,831 professionals asked (research by England's schools inspectorate, which inspects "
    "children's social care too, September 2024). Of parents, 67 % preferred cards (YouGov, 2025), "
    "and 66 % wanted grades kept beside them.",
    "Two designs can rate every observed body alike and still differ everywhere else. So each "
    "figure stands twice: on the bodies observed, and on all profiles that could occur, each "
    "counted once. Neither stands in for the other: most profiles that could occur never do.",
)
