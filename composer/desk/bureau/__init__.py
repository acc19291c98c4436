"""The bureau: summaries by a language model, asked for, held against their article, put into an editor's own text.

`commissioning` is its face. Nothing else on the desk asks it: whoever names no model never meets it.
"""
