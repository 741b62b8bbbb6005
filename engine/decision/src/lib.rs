//! Dated parameters, rounding rules and derivations
