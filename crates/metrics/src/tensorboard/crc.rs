//! The checksum of a `TFRecord`: CRC-32C (RFC 3720, appendix B.4), masked.

use crc32c::crc32c;

/// As stored in records: rotated and offset, so that checksums of checksums are not degenerate.
pub(super) fn masked(bytes: &[u8]) -> u32 {
    crc32c(bytes).rotate_right(15).wrapping_add(0xa282_ead8)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checksum_is_the_one_of_the_standard() {
        assert_eq!(super::crc32c(b"123456789"), 0xe306_9283);
        assert_eq!(super::crc32c(&[0; 32]), 0x8a91_36aa);
    }
}
