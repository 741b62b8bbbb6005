//! Stored files by SM3 digest on an object store
