//! Determines the parameters of a script from its syntax tree, without running it.

mod default_yaml;
mod encoding;
mod form;
mod help;
mod merge_defaults;
mod parsed_file;
mod parser;
mod python;
mod read;
mod source;
mod yaml_line;

pub use default_yaml::default_yaml;
pub use merge_defaults::merge_defaults;
pub(crate) use python::text::float as float_text;
pub use read::read_script;
