"""What an editor does, by a file or a room each. What is not in a room is what happens to one edition, in this order.

gathering (with rhythm, teasers, shelving) → choosing/ → drafting (with laying, placing, snippets), proposing
→ revising (with wholeness), changing → lengths, quoting, evidence (with sourcing, standing), bureau/ → publishing;
and exchange/, which takes all of it elsewhere and back.

The desk decides and never touches the world: clock, network, disk and store arrive as arguments (`composer.ports`).
"""
