"""The wire: everything that comes in. It touches the world and decides nothing: what to keep is the desk's business.

`wire.HttpWire` is its face. Nothing is imported here: the child processes that read feeds need no network.
"""
