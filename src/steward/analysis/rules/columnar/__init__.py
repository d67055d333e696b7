"""Every rule asked of every school at once, over arrays; the same answers as asking one school at a time."""
