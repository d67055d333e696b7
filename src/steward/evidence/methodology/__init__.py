"""How figures are read and worked out, as documents: definitions in, Markdown out, no database asked."""
