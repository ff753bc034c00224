//! The footer of a Parquet file: its columns and their positions.

use super::page::Values;
use super::thrift::Struct;
use super::{Chunk, Column};

/// The footer, without its length.
pub(super) fn footer(columns: &[Column], chunks: &[Chunk], rows: usize) -> Vec<u8> {
    let root = Struct::default().text(4, "schema").int(5, columns.len());
    let schema = std::iter::once(root).chain(columns.iter().map(element));
    let total = chunks.iter().map(|chunk| chunk.bytes).sum();
    let group = Struct::default()
        .structs(1, columns.iter().zip(chunks).map(|(column, chunk)| column_chunk(column, *chunk)))
        .long(2, total)
        .long(3, rows);
    let (version, made_by) = (1, "pyruns");
    Struct::default()
        .int(1, version)
        .structs(2, schema)
        .long(3, rows)
        .structs(4, (rows > 0).then_some(group))
        .text(6, made_by)
        .end()
}

/// The schema element of a column.
fn element(column: &Column) -> Struct {
    let optional = 1;
    let element =
        Struct::default().int(1, physical(&column.values)).int(3, optional).text(4, &column.name);
    match column.values {
        // UTF-8, in the old and in the new notation.
        Values::Text(_) => {
            element.int(6, 0).inner(10, Struct::default().inner(1, Struct::default()))
        }
        _ => element,
    }
}

/// The metadata of a column in the row group.
fn column_chunk(column: &Column, chunk: Chunk) -> Struct {
    let (plain, rle, uncompressed) = (0, 3, 0);
    let about = Struct::default()
        .int(1, physical(&column.values))
        .ints(2, &[plain, rle])
        .texts(3, &[&column.name])
        .int(4, uncompressed)
        .long(5, column.values.len())
        .long(6, chunk.bytes)
        .long(7, chunk.bytes)
        .long(9, chunk.offset);
    Struct::default().long(2, chunk.offset).inner(3, about)
}

/// The physical type, as numbered by the format.
fn physical(values: &Values) -> usize {
    match values {
        Values::Bool(_) => 0,
        Values::Int(_) => 2,
        Values::Float(_) => 5,
        Values::Text(_) => 6,
    }
}
