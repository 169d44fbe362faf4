"""Compare coded reports with gold records: precision, recall and F1 by layer, kind and field, and the errors."""
