//! Errors of YAML texts.

super::templates! {
    /// Errors of YAML texts, and of their values.
    YamlText {
        /// The root is a list or a scalar.
        NotAMapping = "YAML content must be a mapping at the root.",
        /// A grid in a mode without grids.
        NoBatch = "YAML mode does not support batch syntax. Switch back to Form mode.",
        /// A value of another type than the template's.
        TypeMismatch = "Parameter '{}' must be {} as in the template, but {} is {}.",
        /// An error and its position; wraps another text.
        Invalid = "Invalid YAML: {} at line {} column {}",
        /// Too many brackets.
        TooDeep = "nested deeper than {} levels",
        /// Several documents in one text.
        SecondDocument = "a second document begins; a configuration is one document",
        /// Of libyaml.
        NoBlockEntry = "did not find expected '-' indicator",
        /// Of libyaml.
        NoComma = "did not find expected ',' or ']'",
        /// Of libyaml.
        NoCommaOrBrace = "did not find expected ',' or '}'",
        /// Of libyaml.
        NoKey = "did not find expected key",
        /// Of libyaml.
        NoColon = "could not find expected ':'",
        /// Of libyaml.
        NoNode = "did not find expected node content",
        /// Of libyaml.
        NoMappingHere = "mapping values are not allowed in this context",
        /// Of libyaml.
        NoSequenceHere = "block sequence entries are not allowed in this context",
        /// Of libyaml.
        NoToken = "found character that cannot start any token",
        /// Of libyaml.
        EndOfQuote = "found unexpected end of stream",
        /// Of the reader.
        DuplicateKey = "duplicate key {}",
        /// Of libyaml.
        UnknownAnchor = "unknown anchor",
    }
}
