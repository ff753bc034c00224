//! downsample
