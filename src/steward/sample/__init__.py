"""The sample: an invented England, and in it one authority to look at closely.

Public: `generate` writes its files in the published layouts, so that they can be loaded like real
ones; `SampleSummary` says what was written. Imports nothing of ours.
"""

from steward.sample.generator import SampleSummary, StorySchools, generate

__all__ = ["SampleSummary", "StorySchools", "generate"]
