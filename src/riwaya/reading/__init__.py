"""The path of a report: mentions, attributions, events."""
