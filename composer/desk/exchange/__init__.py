"""Exchange: what a newsletter holds, as files that travel, and as they come back.

`packing` writes them, `bringing` takes them in; what is read was written by others.
"""
