//! The 64-bit hash function FNV-1a: the same on every machine and in every version.

/// The hash of the empty sequence.
pub(super) const BASIS: u64 = 0xCBF2_9CE4_8422_2325;

/// The hash of a sequence of bytes.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    extend(BASIS, bytes)
}

/// Continues a hash with more bytes.
pub(super) fn extend(hash: u64, bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3))
}
