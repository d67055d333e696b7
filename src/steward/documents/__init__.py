"""A document as blocks, written as HTML, Word and PDF with the same words; pure, no Django."""
