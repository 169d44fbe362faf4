"""One module an export format. Each holds an ``EXPORT``; the registry finds it."""
