"""The best allocation of supporters to schools in need: proved, explained, and checked apart."""
