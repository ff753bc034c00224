//! What a script's parser accepts, as far as it can be read without running it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One argument of a script, in source order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Argument {
    /// The attribute it becomes: `learning_rate`.
    pub dest: String,
    /// `["--lr", "--learning-rate"]`; empty for a positional.
    pub flags: Vec<String>,
    /// What the parser does with it.
    pub action: Action,
    /// The type its text is turned into.
    pub value_type: ValueType,
    /// The value it has when it is not given.
    pub default: DefaultValue,
    /// The values it may have; empty for any.
    pub choices: Vec<Value>,
    /// How many values it takes.
    pub nargs: Option<Nargs>,
    /// Whether it must be given.
    pub required: bool,
    /// Its help text, one line.
    pub help: String,
    /// Title of its argument group, if any.
    pub group: Option<String>,
    /// What a bare flag stores (`const=`), where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub const_value: Option<Value>,
    /// Number of its mutually exclusive group: of those with the same number, the parser
    /// takes one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclusive_group: Option<u32>,
    /// Further arguments that set the same `dest`, as `--no-x` beside `--x` does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Argument>,
}

impl Argument {
    /// Whether it is given by place and not by flag.
    #[must_use]
    pub fn is_positional(&self) -> bool {
        self.flags.is_empty()
    }
}

/// The `action=` of an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Keeps the value.
    #[default]
    Store,
    /// A bare flag that means true.
    StoreTrue,
    /// A bare flag that means false.
    StoreFalse,
    /// A bare flag that stores `const=`.
    StoreConst,
    /// `--x` / `--no-x`.
    BooleanOptional,
    /// Each use adds a value.
    Append,
    /// Each use adds `const=`.
    AppendConst,
    /// Each use adds all its values.
    Extend,
    /// Each use counts one up.
    Count,
    /// An action class of the script's own: treated like `store`.
    Custom,
}

/// The `type=` of an argument.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    /// Text.
    #[default]
    Str,
    /// Whole number.
    Int,
    /// Floating-point number.
    Float,
    /// `type=bool`: any non-empty text is true, `"False"` included.
    Bool,
    /// `Path` and the like: text.
    Path,
    /// A function of the script's own, by name.
    Custom(String),
}

/// The default of an argument.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DefaultValue {
    /// A value that reading could work out; null where the script says `None` or nothing.
    Known(Value),
    /// An expression that only the script can work out: shown, never passed.
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

/// All that is known of a script without running it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ScriptForm {
    /// Where its parameters come from.
    pub source: crate::launcher::ConfigSource,
    /// Its arguments, in source order.
    pub arguments: Vec<Argument>,
    /// Its subcommands, where it has some: of these one runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subcommands: Option<Subcommands>,
    /// What the user should know: the `type=bool` trap, a click script, an unreadable call.
    pub warnings: Vec<String>,
}

/// The subcommands of a script.
///
/// In a configuration the key of the chooser holds the name of the one that runs, and the name of
/// each holds a mapping of its arguments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subcommands {
    /// Which one runs: its choices are their names.
    pub chooser: Argument,
    /// All of them, in source order.
    pub commands: Vec<Subcommand>,
}

/// One subcommand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subcommand {
    /// How it is called.
    pub name: String,
    /// Its arguments, in source order.
    pub arguments: Vec<Argument>,
    /// Subcommands of its own.
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
        [command, rest @ ..] => {
            let command = subcommands?.commands.iter().find(|it| it.name == *command)?;
            find(&command.arguments, command.subcommands.as_ref(), rest)
        }
    }
}
