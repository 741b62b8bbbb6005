//! Who is insured where, for what, since when
