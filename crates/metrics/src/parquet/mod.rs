//! Writes a flat table as a Parquet file.
//!
//! Implements the part of the format that a table of a few columns needs: one row group, one page
//! per column, plain encoding without compression, every column nullable.

mod footer;
mod page;
mod thrift;

pub(crate) use page::Values;

/// The magic number at both ends of a file.
const MAGIC: &[u8] = b"PAR1";

/// A column; all columns of a file have the same length.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub name: String,
    pub values: Values,
}

/// The position of a column's page.
#[derive(Debug, Clone, Copy)]
struct Chunk {
    offset: usize,
    bytes: usize,
}

/// Serializes a file with these columns. Their names must differ.
pub(crate) fn write(columns: &[Column]) -> Vec<u8> {
    let rows = columns.first().map_or(0, |column| column.values.len());
    let mut file = MAGIC.to_vec();
    let mut chunks = Vec::with_capacity(columns.len());
    for column in columns {
        let page = page::page(&column.values);
        chunks.push(Chunk { offset: file.len(), bytes: page.len() });
        file.extend_from_slice(&page);
    }
    let footer = footer::footer(columns, &chunks, rows);
    let length = u32::try_from(footer.len()).unwrap_or(u32::MAX);
    file.extend_from_slice(&footer);
    file.extend_from_slice(&length.to_le_bytes());
    file.extend_from_slice(MAGIC);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Vec<Column> {
        let column = |name: &str, values| Column { name: name.to_owned(), values };
        vec![
            column("task", Values::Text(vec![Some("a".into()), Some("b ü".into()), None])),
            column("run", Values::Int(vec![Some(1), Some(-2), Some(3)])),
            column("loss", Values::Float(vec![Some(0.5), None, Some(f64::NAN)])),
            column("ok", Values::Bool(vec![Some(true), None, Some(false)])),
        ]
    }

    /// Checked once with `pyarrow`, `duckdb` and `fastparquet`; since then the bytes must not
    /// change.
    #[test]
    fn a_file_is_byte_for_byte_the_one_that_readers_took() {
        let file = write(&table());
        let golden = include_bytes!("golden.parquet");
        assert!(file == golden, "the file has changed; see whether readers still take it");
    }

    #[test]
    fn a_table_without_rows_has_columns() {
        let file = write(&[Column { name: "a".to_owned(), values: Values::Int(Vec::new()) }]);
        assert_eq!((&file[..4], &file[file.len() - 4..]), (MAGIC, MAGIC));
        assert!(file.windows(2).any(|pair| pair == [1, b'a']));
    }

    /// Writes the golden file; it must be checked manually with other readers.
    #[test]
    #[ignore = "only after the format was changed on purpose"]
    fn write_the_golden_file() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/parquet/golden.parquet");
        std::fs::write(path, write(&table())).unwrap();
    }
}
