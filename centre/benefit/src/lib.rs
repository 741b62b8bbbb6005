//! Pension award, payment plan, monthly payment run
