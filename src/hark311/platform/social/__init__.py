"""Every transport to a social network, behind one small interface each."""
