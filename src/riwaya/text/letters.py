"""Folded letters that are written on the word beside them: what the reader takes off a word or looks for before it.

Ryding, A Reference Grammar of Modern Standard Arabic: the article (chapter 6), conjunctions wa- and fa- (chapter 18),
prepositions bi-, li- and ka- (chapter 16).
"""

ARTICLE = "ال"
AND = "وف"  # either letter joins a word to what stands before it
PREFIXED = "بلك"  # each letter is a preposition
TO_THE = "لل"  # li- and the article
FEMININE = ("ه", "ات")  # end a noun that is feminine, or a group of things
PLURAL = ("ون", "ين", "و")  # end a noun of several men, the last one before what they belong to
FEMININE_VERB = "ت"  # ends a verb of the past, or begins one of the present
MASCULINE_VERB = "ي"  # begins a verb of the present
PLURAL_VERB = ("وا", "ون")  # end a verb of several men

# Single letters, by their names.
ALEF, BA, TA, SIN, FA, KAF, LAM, MIM, NUN, HA, WA, YA = "ا", "ب", "ت", "س", "ف", "ك", "ل", "م", "ن", "ه", "و", "ي"
HAMZA, MARBUTA, MAQSURA, TANWIN = "ء", "ة", "ى", "\u064b"
CONJUNCTIONS = (WA, FA)  # written on the word after them
PREPOSITIONS = (BA, LAM, KAF)

# What is written before and after a word as one with it, the longer ones tried by the order.
PROCLITICS = (WA, FA, BA, LAM, KAF, "وب", "ول", "وك", "فب", "فل", "فك", SIN, "وس", "فس")
ENCLITICS = ("هما", "ها", "هم", "هن", "كم", "نا", "ني", HA, KAF, YA)
