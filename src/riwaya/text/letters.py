"""Folded letters that are written on the word beside them: what the reader takes off a word or looks for before it.

Ryding, A Reference Grammar of Modern Standard Arabic: the article (chapter 6), conjunctions wa- and fa- (chapter 18),
prepositions bi-, li- and ka- (chapter 16).
"""

ARTICLE = "ال"
AND = "وف"  # either letter joins a word to what stands before it
PREFIXED = "بلك"  # each letter is a preposition
TO_THE = "لل"  # li- and the article
