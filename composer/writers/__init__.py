"""The writers: language models that hand in words, on this machine or elsewhere.

They touch the network and decide nothing; what is asked for and what is believed is the desk's business.
"""
