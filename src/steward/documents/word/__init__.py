"""A document as Word: real styles, numbering, captions and cross-references that Word keeps up to date."""
