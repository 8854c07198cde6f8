"""The audit for those who may see it."""
