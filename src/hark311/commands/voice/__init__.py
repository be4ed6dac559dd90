"""The own telephone gateway: answers SIP calls and executes what the telephone's pages say."""
