//! Policy parameters: dated rows from the catalogue and from the desk
