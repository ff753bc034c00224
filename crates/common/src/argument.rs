//! The parameters of a script's parser, as far as they can be determined without running it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One argument of a script, in source order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Argument {
    /// The attribute it becomes: `learning_rate`.
    pub dest: String,
    /// `["--lr", "--learning-rate"]`; empty for a positional.
    pub flags: Vec<String>,
    /// The action of the parser.
    pub action: Action,
    /// The type to which its text is converted.
    pub value_type: ValueType,
    /// Its value when it is not passed.
    pub default: DefaultValue,
    /// Its allowed values; empty for any.
    pub choices: Vec<Value>,
    /// How many values it takes.
    pub nargs: Option<Nargs>,
    /// Whether it is required.
    pub required: bool,
    /// Its help text, one line.
    pub help: String,
    /// Title of its argument group, if any.
    pub group: Option<String>,
    /// The value stored by the flag without a value (`const=`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub const_value: Option<Value>,
    /// Number of its mutually exclusive group: of the arguments with the same number, only one may
    /// be passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclusive_group: Option<u32>,
    /// Further arguments with the same `dest`, such as `--no-x` for `--x`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Argument>,
}

impl Argument {
    /// Whether it is positional and not a flag.
    #[must_use]
    pub fn is_positional(&self) -> bool {
        self.flags.is_empty()
    }
}

/// The `action=` of an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Stores the value.
    #[default]
    Store,
    /// A flag that stores true.
    StoreTrue,
    /// A flag that stores false.
    StoreFalse,
    /// A flag that stores `const=`.
    StoreConst,
    /// `--x` / `--no-x`.
    BooleanOptional,
    /// Each use appends a value.
    Append,
    /// Each use appends `const=`.
    AppendConst,
    /// Each use appends all its values.
    Extend,
    /// Each use increments a counter.
    Count,
    /// A custom action class: treated like `store`.
    Custom,
}

/// The `type=` of an argument.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    /// Text.
    #[default]
    Str,
    /// Integer.
    Int,
    /// Floating-point number.
    Float,
    /// `type=bool`: any non-empty text is true, including `"False"`.
    Bool,
    /// `Path` and the like: text.
    Path,
    /// A custom function, by name.
    Custom(String),
}

/// The default of an argument.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DefaultValue {
    /// A known value; null for `None` or no default.
    Known(Value),
    /// An expression that cannot be evaluated: shown, never passed.
    Unresolved(String),
}

/// The `nargs=` of an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nargs {
    /// `?`
    Optional,
    /// `*`
    Any,
    /// `+`
    AtLeastOne,
    /// A number.
    Exactly(u32),
    /// `argparse.REMAINDER`
    Remainder,
}

/// Everything that is known about a script without running it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ScriptForm {
    /// The library that provides its parameters.
    pub source: crate::launcher::ConfigSource,
    /// Its arguments, in source order.
    pub arguments: Vec<Argument>,
    /// Its subcommands, if it has some; one of them runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subcommands: Option<Subcommands>,
    /// Warnings for the user: the pitfall of `type=bool`, a click script, a call that cannot be
    /// evaluated.
    pub warnings: Vec<String>,
}

/// The subcommands of a script.
///
/// In a configuration, the key of the chooser contains the name of the one that runs, and the name
/// of each contains a mapping of its arguments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subcommands {
    /// The argument that selects one: its choices are their names.
    pub chooser: Argument,
    /// All of them, in source order.
    pub commands: Vec<Subcommand>,
}

/// One subcommand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subcommand {
    /// Its name.
    pub name: String,
    /// Its arguments, in source order.
    pub arguments: Vec<Argument>,
    /// Its own subcommands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subcommands: Option<Subcommands>,
}

impl ScriptForm {
    /// The argument at a path of a configuration: `lr`, or `train.lr` of a subcommand.
    #[must_use]
    pub fn argument_at(&self, path: &[&str]) -> Option<&Argument> {
        find(&self.arguments, self.subcommands.as_ref(), path)
    }
}

fn find<'a>(
    arguments: &'a [Argument],
    subcommands: Option<&'a Subcommands>,
    path: &[&str],
) -> Option<&'a Argument> {
    match path {
        [] => None,
        [dest] => {
            let chooser = subcommands.map(|it| &it.chooser);
            arguments.iter().chain(chooser).find(|argument| argument.dest == *dest)
        }
        [command, remaining @ ..] => {
            let command = subcommands?.commands.iter().find(|it| it.name == *command)?;
            find(&command.arguments, command.subcommands.as_ref(), remaining)
        }
    }
}
