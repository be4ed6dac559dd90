"""Tags of the templates of residents' pages."""
