"""The lists that can be had as a file: their columns and their rows."""
