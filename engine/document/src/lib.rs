//! Documents from templates: PDF with Chinese text
