"""Cases, incidents, work orders and the ledger of events: rows change here and nowhere else."""
