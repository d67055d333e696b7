"""The public version of a document: what is exempt or confidential is left out, and said to be."""

from dataclasses import replace

from steward.documents.blocks import Block, Document, Exempt, Live, Paragraph, Reference, id_of, leaves, spans
from steward.documents.numbering import DocumentFault


def public_version(document: Document) -> Document:
    """Return the document as the public may read it.

    In the place of each exempt part stands a sentence with its rule. Raises DocumentFault where a public
    part refers to something inside an exempt one, since the public version must stand alone.
    """
    hidden = {
        id_of(block)
        for exempt in _exempt_parts(document.blocks)
        for block in leaves(exempt.blocks)
        if id_of(block)
    }
    public = replace(document, blocks=_without(document.blocks))
    for block in leaves(public.blocks):
        for runs in spans(block):
            for run in runs:
                if isinstance(run, Reference) and run.to in hidden:
                    raise DocumentFault(
                        f"A public part refers to '{run.to}', which is exempt. Take the reference out, or "
                        "move it into the exempt part."
                    )
    return public


def has_exempt_parts(document: Document) -> bool:
    """Return whether anything is left out of the public version."""
    return bool(_exempt_parts(document.blocks))


def said_instead(block: Exempt) -> str:
    """Return the sentence that stands in the place of an exempt part."""
    if block.confidential:
        return "This part is confidential and is not published."
    named = " and ".join(block.rules)
    return f"This part is exempt under Access to Information Procedure Rule {named} and is not published."


def _exempt_parts(blocks: tuple[Block, ...]) -> list[Exempt]:
    found: list[Exempt] = []
    for block in blocks:
        if isinstance(block, Exempt):
            found.append(block)
        elif isinstance(block, Live):
            found += _exempt_parts(block.blocks)
    return found


def _without(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(_public(block) for block in blocks)


def _public(block: Block) -> Block:
    if isinstance(block, Exempt):
        return Paragraph((said_instead(block),))
    if isinstance(block, Live):
        return replace(block, blocks=_without(block.blocks))
    return block
