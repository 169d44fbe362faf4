"""The commands, one module each: a module with ``register(app)`` is found without being named anywhere."""
