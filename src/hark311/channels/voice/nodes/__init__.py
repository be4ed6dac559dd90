"""The places in the menus where a caller can be: what each says, and where its keys lead."""
