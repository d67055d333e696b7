"""Support of schools by schools: providers, needs, deployments and what came of them."""
