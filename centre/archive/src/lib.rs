//! Archive records of closed cases
