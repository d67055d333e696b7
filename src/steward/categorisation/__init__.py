"""What the policy proposes for each school, why, and what changed since the run before."""
