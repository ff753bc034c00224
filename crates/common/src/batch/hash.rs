//! The hash function FNV-1a with 64 bits: the same on every machine and in every version.

/// The hash of no bytes.
pub(super) const BASIS: u64 = 0xCBF2_9CE4_8422_2325;

/// The hash of a sequence of bytes.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    extend(BASIS, bytes)
}

/// The hash of what was hashed so far and the bytes that follow.
pub(super) fn extend(hash: u64, bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3))
}
