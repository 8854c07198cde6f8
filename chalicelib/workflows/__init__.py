"""Step Functions tasks, stream consumers, schedules: as thin as handlers, calling the same services."""
