//! Personal accounts and fund books on the ledger
