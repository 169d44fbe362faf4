"""Which accounts of which reports tell one happening, and what they dispute."""
