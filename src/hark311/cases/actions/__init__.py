"""One verb, one function, one file: every change of a case, incident or work order."""
