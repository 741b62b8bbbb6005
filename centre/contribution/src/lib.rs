//! Contribution bases, monthly levy and receipt
