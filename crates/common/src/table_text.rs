//! Formats a table as text, for notes, papers or spreadsheets.

use std::fmt::Write as _;

use crate::csv::{self, CsvCell};

/// A table of texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextTable {
    /// The columns: their headers, and whether they contain numbers.
    pub columns: Vec<(String, bool)>,
    /// The rows, each as long as the columns.
    pub rows: Vec<Vec<TextCell>>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextCell {
    /// Its text.
    pub text: String,
    /// Whether it is the best of its column.
    pub best: bool,
    /// Whether it consists of numbers: a spreadsheet may then parse it as one.
    pub number: bool,
}

/// The output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFormat {
    /// A table of GitHub's Markdown.
    Markdown,
    /// `tabular` with the rules of `booktabs`.
    Latex,
    /// RFC 4180, lines ended by a line feed.
    Csv,
}

impl TextTable {
    /// The table in a format; the best values are bold if the format supports it.
    #[must_use]
    pub fn to_text(&self, format: TextFormat) -> String {
        match format {
            TextFormat::Markdown => self.markdown(),
            TextFormat::Latex => self.latex(),
            TextFormat::Csv => self.csv(),
        }
    }

    fn markdown(&self) -> String {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut text = line(self.columns.iter().map(|(head, _)| markdown(head)).collect());
        let rule = |number: bool| if number { "---:" } else { "---" }.to_owned();
        text += &line(self.columns.iter().map(|(_, number)| rule(*number)).collect());
        for row in &self.rows {
            let cell = |cell: &TextCell| match (cell.best, markdown(&cell.text)) {
                (true, text) if !text.is_empty() => format!("**{text}**"),
                (_, text) => text,
            };
            text += &line(row.iter().map(cell).collect());
        }
        text
    }

    fn latex(&self) -> String {
        let kinds: String =
            self.columns.iter().map(|(_, number)| if *number { 'r' } else { 'l' }).collect();
        let line = |cells: Vec<String>| format!("    {} \\\\\n", cells.join(" & "));
        let mut text = format!(
            "% needs \\usepackage{{booktabs}}\n\\begin{{tabular}}{{{kinds}}}\n    \\toprule\n"
        );
        text += &line(self.columns.iter().map(|(head, _)| latex(head)).collect());
        text += "    \\midrule\n";
        for row in &self.rows {
            let cell = |cell: &TextCell| match (cell.best, latex(&cell.text)) {
                (true, text) if !text.is_empty() => format!("\\textbf{{{text}}}"),
                (_, text) => text,
            };
            text += &line(row.iter().map(cell).collect());
        }
        text + "    \\bottomrule\n\\end{tabular}\n"
    }

    fn csv(&self) -> String {
        let mut text = csv::row(self.columns.iter().map(|(head, _)| CsvCell::text(head))) + "\n";
        let cell = |cell: &TextCell| match cell.number {
            true => CsvCell::number(&cell.text),
            false => CsvCell::text(&cell.text),
        };
        for row in &self.rows {
            text += &csv::row(row.iter().map(cell));
            text.push('\n');
        }
        text
    }
}

fn markdown(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ")
}

/// Escapes the special characters of LaTeX; `1.2 ± 0.3` becomes math mode.
fn latex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            '~' => escaped += "\\textasciitilde{}",
            '^' => escaped += "\\textasciicircum{}",
            '\\' => escaped += "\\textbackslash{}",
            '±' => escaped += "$\\pm$",
            '−' => escaped += "$-$",
            '∞' => escaped += "$\\infty$",
            '<' | '>' => {
                // Writing to a `String` cannot fail.
                let _ = write!(escaped, "${letter}$");
            }
            '\n' | '\r' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> TextTable {
        let cell = |text: &str, best| TextCell { text: text.to_owned(), best, number: best };
        TextTable {
            columns: vec![("run_name".to_owned(), false), ("val|acc".to_owned(), true)],
            rows: vec![
                vec![cell("a, \"b\"", false), cell("0.91 ± 0.02", true)],
                vec![cell("c&d", false), cell("", false)],
            ],
        }
    }

    #[test]
    fn markdown_escapes_column_separators() {
        assert_eq!(
            table().to_text(TextFormat::Markdown),
            "| run_name | val\\|acc |\n| --- | ---: |\n| a, \"b\" | **0.91 ± 0.02** |\n| c&d |  |\n"
        );
    }

    #[test]
    fn latex_compiles() {
        let text = table().to_text(TextFormat::Latex);
        assert!(text.contains("\\begin{tabular}{lr}"), "{text}");
        assert!(text.contains("run\\_name & val|acc \\\\"), "{text}");
        assert!(text.contains("\\textbf{0.91 $\\pm$ 0.02}"), "{text}");
        assert!(text.contains("c\\&d &  \\\\"), "{text}");
    }

    #[test]
    fn csv_quotes_only_where_needed() {
        assert_eq!(
            table().to_text(TextFormat::Csv),
            "run_name,val|acc\n\"a, \"\"b\"\"\",0.91 ± 0.02\nc&d,\n"
        );
    }

    #[test]
    fn csv_has_no_formulas_but_negative_numbers() {
        let cell = |text: &str, number| TextCell { text: text.to_owned(), number, best: false };
        let table = TextTable {
            columns: vec![("=name".to_owned(), false), ("loss".to_owned(), true)],
            rows: vec![vec![cell("=1+1", false), cell("-0.5", true)]],
        };
        assert_eq!(table.to_text(TextFormat::Csv), "'=name,loss\n'=1+1,-0.5\n");
    }
}
