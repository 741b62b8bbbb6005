//! Double-entry ledger: accounts, balanced append-only transfers, periods
