"""The clock, the database, storage, jobs and every transport to the world."""
