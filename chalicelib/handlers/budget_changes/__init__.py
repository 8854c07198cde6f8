"""Changes of budgets that are asked for, over HTTP."""
