//! Service items as data: catalogue, forms, checks of consistency
