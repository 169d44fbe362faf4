"""The workbench in a browser, and its HTTP API."""
