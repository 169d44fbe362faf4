"""One module a document format. Each holds a ``FORMAT``; the registry finds it."""
