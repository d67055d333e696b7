"""Forms of support. They clean; operations decide."""
