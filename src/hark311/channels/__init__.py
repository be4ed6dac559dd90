"""Every way in for residents and machines: one package each, thin adapters over intake."""
