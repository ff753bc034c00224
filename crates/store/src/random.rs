//! Random tokens and keys.

use std::io;

use rustix::rand::{GetRandomFlags, getrandom};

const RANDOM_BYTES: usize = 32;

/// 256 random bits from the operating system, as 64 hexadecimal digits.
///
/// # Errors
/// When the system call fails.
pub fn hex() -> io::Result<String> {
    let mut bytes = [0; RANDOM_BYTES];
    let mut filled = 0;
    while filled < bytes.len() {
        filled += getrandom(&mut bytes[filled..], GetRandomFlags::empty())?;
    }
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
