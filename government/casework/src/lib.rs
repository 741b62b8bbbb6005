//! Cases, tasks, clocks and decisions
