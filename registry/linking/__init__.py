"""Who may be the same person: profiles, candidates, evidence, a score with its reasons.

Above the search, whose index it asks, and below the records, which alone decide: nothing here
joins anybody. Reasons are codes and values; words are made above (`registry.wording.similar`).
"""

from .comparing import compare
from .duplicates import Duplicate, find_duplicates
from .evidence import LIKELY, POSSIBLE, WORTH_SHOWING, Comparison, Reason
from .finding import Similar, find_similar, find_similar_of
from .profiles import KnownName, Profile, profile_of
from .reading import profile_of_person, profiles_of_people

__all__ = [
    "LIKELY",
    "POSSIBLE",
    "WORTH_SHOWING",
    "Comparison",
    "Duplicate",
    "KnownName",
    "Profile",
    "Reason",
    "Similar",
    "compare",
    "find_duplicates",
    "find_similar",
    "find_similar_of",
    "profile_of",
    "profile_of_person",
    "profiles_of_people",
]
