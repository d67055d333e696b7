"""Changes to the evidence: loading releases, making one live again, recording facts."""
