"""GOV.UK-style components: layouts, template tags, form fields and charts. See README.md for their use."""
