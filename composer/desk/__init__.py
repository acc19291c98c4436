"""What an editor does: gathering, drafting, publishing.

The desk decides and never touches the world: clock, network, disk and store arrive as arguments (`composer.ports`).
"""
