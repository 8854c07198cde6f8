"""Pages: templates, texts in two languages, static files. Loaded only when a page is asked for."""
