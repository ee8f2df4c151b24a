"""Who may be the same person: profiles, candidates, evidence, a score with its reasons.

Above the search, whose index it asks, and below the records, which alone decide: nothing here
joins anybody. Reasons are codes and values; words are made above (`registry.wording.similar`).
"""

from .comparing import compare
from .evidence import LIKELY, POSSIBLE, WORTH_SHOWING, Comparison, Reason
from .finding import Similar, find_similar
from .profiles import KnownName, Profile, profile_of
from .reading import profile_of_person, profiles_of_people

__all__ = [
    "LIKELY",
    "POSSIBLE",
    "WORTH_SHOWING",
    "Comparison",
    "KnownName",
    "Profile",
    "Reason",
    "Similar",
    "compare",
    "find_similar",
    "profile_of",
    "profile_of_person",
    "profiles_of_people",
]
