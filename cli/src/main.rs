//! pyr
fn main() {}
