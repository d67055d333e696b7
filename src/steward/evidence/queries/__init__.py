"""Reads of the evidence: releases, figures of schools and areas, inspections, and the rows behind them."""
