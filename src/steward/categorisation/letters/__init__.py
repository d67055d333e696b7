"""Letters to schools: templates as definitions, filled and made into documents."""
