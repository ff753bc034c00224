//! The evaluated arguments of a call.

use super::value::PyValue;

/// An evaluated argument, with its source text.
#[derive(Debug, Clone)]
pub(crate) struct EvaluatedArgument {
    pub value: PyValue,
    pub text: String,
}

/// The arguments of a call.
#[derive(Debug, Clone, Default)]
pub(crate) struct CallArguments {
    pub positional: Vec<EvaluatedArgument>,
    pub keywords: Vec<(String, EvaluatedArgument)>,
    /// The call contains `*x` or `**x` with an unknown value.
    pub is_partial: bool,
    /// `line 12`, for warnings.
    pub location: String,
}

impl CallArguments {
    /// The keyword argument with this name.
    pub(crate) fn keyword(&self, name: &str) -> Option<&EvaluatedArgument> {
        self.keywords.iter().rev().find(|(known, _)| known == name).map(|(_, argument)| argument)
    }

    /// The value passed by this position or this name.
    pub(crate) fn value(&self, position: usize, name: &str) -> Option<&PyValue> {
        let argument = self.positional.get(position).or_else(|| self.keyword(name));
        argument.map(|argument| &argument.value)
    }
}
