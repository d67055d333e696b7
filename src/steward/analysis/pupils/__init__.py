"""Results of single pupils: read, screened, and made into figures of groups; never shown."""
