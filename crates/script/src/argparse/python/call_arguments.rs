//! The evaluated arguments of a call.

use super::value::PyValue;

/// One argument of a call, with its source.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub value: PyValue,
    pub text: String,
}

/// The arguments of a call.
#[derive(Debug, Clone, Default)]
pub(crate) struct CallArguments {
    pub positional: Vec<Given>,
    pub keywords: Vec<(String, Given)>,
    /// `*x` or `**x` of something unknown was among them.
    pub is_partial: bool,
    /// `line 12`, for warnings.
    pub place: String,
}

impl CallArguments {
    /// The keyword of that name.
    pub(crate) fn keyword(&self, name: &str) -> Option<&Given> {
        self.keywords.iter().rev().find(|(known, _)| known == name).map(|(_, given)| given)
    }

    /// The value given by that place or that name.
    pub(crate) fn value(&self, place: usize, name: &str) -> Option<&PyValue> {
        let given = self.positional.get(place).or_else(|| self.keyword(name));
        given.map(|given| &given.value)
    }
}
