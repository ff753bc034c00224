//! Errors of batch syntax.

super::templates! {
    /// Errors of batch syntax, without their position.
    BatchText {
        /// Numbers that cannot be counted.
        RangeTooFar = "the numbers of the range {} are too far apart",
        /// No step.
        RangeStepZero = "the range {} has step 0",
        /// A range that counts down.
        RangeDown = "the range {} never reaches {}: its step is 1; to count down, write {}:-1",
        /// A step in the wrong direction.
        RangeNever = "the range {} never reaches {}: its step is {}",
        /// Zips of different lengths.
        ZipLengths = "All (zip) parameters must have equal length. Got: {}",
        /// Too many to evaluate.
        ConditionTooLarge = "the condition names parameters with {} combinations; at most {} can be looked at",
        /// Nothing is left.
        ConditionEmpty = "no combination fulfils the condition",
        /// A surplus token.
        NotExpected = "{} is not expected here",
        /// Too many parentheses.
        TooDeep = "this is nested too deeply",
        /// A missing operator.
        WriteOperator = "write ==, !=, <, <=, >, >= or in before {}",
        /// `in` without a list.
        WriteList = "write the values in parentheses: in (a, b)",
        /// An unknown parameter.
        NoParameter = "no parameter is called {}",
        /// A value in place of a parameter.
        ParameterExpected = "a parameter is expected here",
        /// A missing value.
        ValueExpected = "a value is expected here",
        /// A missing sign.
        SignExpected = "{} is expected here",
        /// `=`.
        WriteEqual = "write == to compare",
        /// `&`.
        WriteAnd = "write and",
        /// `|`.
        WriteOr = "write or",
        /// `!`.
        WriteNot = "write != or not",
        /// An open quote.
        OpenQuote = "this quote is never closed",
        /// An open brace of a name.
        OpenBrace = "this { is never closed in the name",
        /// An open bracket.
        OpenBracket = "this {} is never closed",
        /// A closing bracket.
        StrayBracket = "nothing opens this {}",
        /// A pattern with an unknown parameter.
        NameAsksFor = "the name asks for {{}}, but no parameter is called so",
        /// Extending a batch.
        ExtendUnknown = "the batch has no such parameter",
        /// Extending a batch.
        ExtendTogether = "it is zipped with other parameters and cannot be extended alone",
        /// Extending a batch.
        ExtendNothing = "name at least one value that the batch does not have",
        /// Extending a batch.
        ExtendForm = "write the new values as a | b or start:stop:step",
        /// Extending a batch.
        ExtendTooMany = "more than {} values cannot be extended",
        /// A zip inside a product.
        ZipInside = "a zip (a | b) must be the whole value; put a text with | in quotes",
        /// A sample inside a product.
        SampleInside = "a sample must be the whole value; put a text that begins with ~ in quotes",
        /// An empty alternative.
        EmptyAlternative = "an alternative is empty; write '' for an empty text, \\| for a pipe",
        /// Samples that differ in their number.
        SampleCounts = "samples are drawn together and have one count, but {} says {} and {} says {}",
        /// Samples that differ in their seed.
        SampleSeeds = "samples are drawn together and have one seed, but {} says {} and {} says {}",
        /// An empty argument.
        SampleLacks = "~{}() lacks a value here; write '' for an empty text",
        /// The number of samples.
        SampleHowMany = "how many values? Write a number above 0, as in × 20",
        /// The seed of a sample.
        BadSeed = "a seed is a whole number, 0 or more",
        /// An argument.
        NotANumber = "{} is not a number",
        /// An argument.
        NotWhole = "{} is not a whole number",
        /// No alternatives.
        EmptyChoice = "~choice() needs values to choose from",
        /// The number of arguments.
        TwoNumbers = "~{}() takes two numbers, as in ~{}",
        /// A negative deviation.
        BadDeviation = "a deviation is 0 or more",
        /// A logarithm of a number that has none.
        NoLogarithm = "~{}() needs numbers above 0: there is no logarithm of {}",
        /// The ends of an interval.
        NotOrdered = "{} is above {}: the lower end comes first",
    }
}
