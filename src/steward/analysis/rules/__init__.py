"""Rules as data over a closed set of kinds: what the policy proposes for a school, and why.

A ruleset proposes and a person decides. Every answer is met, not met or unknown, with its reason.
"""
