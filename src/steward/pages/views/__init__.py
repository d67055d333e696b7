"""Views of the pages that cross domains: read the request, one query, answer."""
