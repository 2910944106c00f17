"""Text to claims: what a dispatch says about who lets whom use what, with the words that say so."""

from restrictions.extraction.coder import code
from restrictions.extraction.document import CODER, VERSION, CodedClaim, CodedMark, Coding, Document, Quote, Span
from restrictions.extraction.lexicon import BadLexicon

__all__ = ["CODER", "VERSION", "BadLexicon", "CodedClaim", "CodedMark", "Coding", "Document", "Quote", "Span", "code"]
