"""Choosing: which stories an edition could carry, why, and which of them ran already.

`suggesting` and `morgue` are its faces; `choices` says what a new edition takes. What they compare by lies below:
`stories` and `likeness` for one text in many places, `events` and `vectors` for one event in many words.
"""
