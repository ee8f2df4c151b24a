"""Names of people across scripts and spellings: folding, sounding, taking apart, comparing.

Plain Python: no Django, no gettext; reasons are codes and numbers, words are made above. Not in
here: retrieval of what is misspelt, and ranking by frequency, which need the whole vocabulary.
"""

from registry.names.comparing import Kind, NameMatch, TokenMatch, match_name, match_token
from registry.names.deriving import (
    Patronymics,
    derive_patronymics,
    fathers,
    patronymic_equivalents,
)
from registry.names.families import family_stem, gender_from_family, gender_from_name
from registry.names.folding import cleaned, fold, tokens, words
from registry.names.given import GivenName, equivalents, gender_from_given, given_names
from registry.names.indexing import MAX_STORED, NameToken, Role, name_tokens
from registry.names.keys import MAX_READINGS, Reading, key, readings
from registry.names.likeness import skeleton, spelling_distance
from registry.names.parts import NameParts, Order, split_full
from registry.names.patronymics import gender_from_patronymic
from registry.names.query import MAX_LENGTH, MAX_TOKENS, NameQuery, QueryToken, parse_query
from registry.names.romanising import romanise
from registry.names.scripts import mend_lookalikes, script_of
from registry.names.syllables import Syllable, syllable_distance, syllable_keys, syllables

__all__ = [
    "MAX_LENGTH",
    "MAX_READINGS",
    "MAX_STORED",
    "MAX_TOKENS",
    "GivenName",
    "Kind",
    "NameMatch",
    "NameParts",
    "NameQuery",
    "NameToken",
    "Order",
    "Patronymics",
    "QueryToken",
    "Reading",
    "Role",
    "Syllable",
    "TokenMatch",
    "cleaned",
    "derive_patronymics",
    "equivalents",
    "family_stem",
    "fathers",
    "fold",
    "gender_from_family",
    "gender_from_given",
    "gender_from_name",
    "gender_from_patronymic",
    "given_names",
    "key",
    "match_name",
    "match_token",
    "mend_lookalikes",
    "name_tokens",
    "parse_query",
    "patronymic_equivalents",
    "readings",
    "romanise",
    "script_of",
    "skeleton",
    "spelling_distance",
    "split_full",
    "syllable_distance",
    "syllable_keys",
    "syllables",
    "tokens",
    "words",
]
