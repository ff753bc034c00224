// Cells of comma-separated values (RFC 4180).

/**
 * A text as a cell. A spreadsheet takes one that begins with a sign for a formula, so it gets an apostrophe
 * before it, as in `common/src/csv.rs`.
 */
export function cell(text) {
  const guarded = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
