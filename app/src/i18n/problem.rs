//! Errors of batch syntax and of YAML texts.

use common::batch::BatchError;
use common::message::{BatchText, YamlText, read};

use super::ending::filled;

/// Texts of errors in parameters.
pub struct ProblemText {
    /// An error of batch syntax.
    pub batch: fn(&BatchError) -> String,
    /// The text of an error of batch syntax, as the server sends it.
    pub sentence: fn(&str) -> String,
    /// An error of a YAML text or of a value, as a sentence of [`YamlText`].
    pub yaml: fn(&str) -> String,
}

pub(super) static EN: ProblemText =
    ProblemText { batch: BatchError::to_string, sentence: str::to_owned, yaml: str::to_owned };

pub(super) static ZH: ProblemText =
    ProblemText { batch: batch_in_chinese, sentence: sentence_in_chinese, yaml: yaml_in_chinese };

/// Like [`BatchError`]'s text: the parameter, the message, the column.
fn batch_in_chinese(error: &BatchError) -> String {
    let message = match BatchText::read(&error.message) {
        Some((text, arguments)) => with(zh_batch(text), &arguments),
        None => error.message.clone(),
    };
    let key = match error.key.as_str() {
        "" => String::new(),
        _ if error.names_keys => String::new(),
        key => format!("{key}: "),
    };
    let condition = if error.in_condition { "条件：" } else { "" };
    let column = error.column.map(|column| format!("（第 {column} 列）")).unwrap_or_default();
    format!("{key}{condition}{message}{column}")
}

/// `lr: the range 1:2:0 has step 0 (column 3)`: the key may have colons in it.
fn sentence_in_chinese(text: &str) -> String {
    let (message, column) = match read(" {} (column {})", &format!(" {text}")).as_deref() {
        Some([message, column]) => ((*message).to_owned(), format!("（第 {column} 列）")),
        _ => (text.to_owned(), String::new()),
    };
    let ends = message.match_indices(": ").map(|(at, sign)| at + sign.len());
    let translated = std::iter::once(0).chain(ends).find_map(|start| {
        let (text, arguments) = BatchText::read(&message[start..])?;
        Some(format!("{}{}{column}", &message[..start], with(zh_batch(text), &arguments)))
    });
    translated.unwrap_or_else(|| text.to_owned())
}

fn yaml_in_chinese(sentence: &str) -> String {
    let Some((text, mut arguments)) = YamlText::read(sentence) else {
        return sentence.to_owned();
    };
    let message = arguments.first().map(|message| yaml_in_chinese(message));
    if let (YamlText::Invalid, Some(message)) = (text, &message) {
        arguments[0] = message;
        return with(zh_yaml(text), &arguments);
    }
    with(zh_yaml(text), &arguments)
}

fn with(template: &str, arguments: &[&str]) -> String {
    let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
    filled(template, &arguments)
}

fn zh_yaml(text: YamlText) -> &'static str {
    match text {
        YamlText::NotAMapping => "YAML 的顶层必须是键值映射。",
        YamlText::NoBatch => "YAML 模式不支持批量语法，请切换到表单模式。",
        YamlText::TypeMismatch => "参数“{}”应与模板一样为 {} 类型，但 {} 是 {} 类型。",
        YamlText::Invalid => "YAML 无效：{}（第 {} 行第 {} 列）",
        YamlText::TooDeep => "嵌套超过 {} 层",
        YamlText::SecondDocument => "这里开始了第二个文档，而配置只能是一个文档",
        YamlText::NoBlockEntry => "此处应为“-”",
        YamlText::NoComma => "此处应为“,”或“]”",
        YamlText::NoCommaOrBrace => "此处应为“,”或“}”",
        YamlText::NoKey => "此处应为键名",
        YamlText::NoColon => "此处缺少“:”",
        YamlText::NoNode => "此处应为值",
        YamlText::NoMappingHere => "此处不能是键值映射",
        YamlText::NoSequenceHere => "此处不能是列表项",
        YamlText::NoToken => "此处的字符不能作为开头",
        YamlText::EndOfQuote => "文本意外结束",
        YamlText::DuplicateKey => "键重复：{}",
        YamlText::UnknownAnchor => "未知的锚点",
    }
}

fn zh_batch(text: BatchText) -> &'static str {
    match text {
        BatchText::RangeTooFar => "范围 {} 的数值相差太大",
        BatchText::RangeStepZero => "范围 {} 的步长为 0",
        BatchText::RangeDown => "范围 {} 到不了 {}：步长为 1；要递减请写 {}:-1",
        BatchText::RangeNever => "范围 {} 到不了 {}：步长为 {}",
        BatchText::ZipLengths => "所有 (zip) 参数的个数必须相同。现在是：{}",
        BatchText::ConditionTooLarge => "条件涉及的参数有 {} 种组合，最多只能检查 {} 种",
        BatchText::ConditionEmpty => "没有组合满足条件",
        BatchText::NotExpected => "此处不应有 {}",
        BatchText::TooDeep => "嵌套过深",
        BatchText::WriteOperator => "请在 {} 之前写 ==、!=、<、<=、>、>= 或 in",
        BatchText::WriteList => "请把值写在括号里：in (a, b)",
        BatchText::NoParameter => "没有名为 {} 的参数",
        BatchText::ParameterExpected => "此处应为参数",
        BatchText::ValueExpected => "此处应为值",
        BatchText::SignExpected => "此处应为 {}",
        BatchText::WriteEqual => "比较请写 ==",
        BatchText::WriteAnd => "请写 and",
        BatchText::WriteOr => "请写 or",
        BatchText::WriteNot => "请写 != 或 not",
        BatchText::OpenQuote => "引号没有结束",
        BatchText::OpenBrace => "名称中的 { 没有结束",
        BatchText::OpenBracket => "{} 没有结束",
        BatchText::StrayBracket => "{} 没有开头",
        BatchText::NameAsksFor => "名称里写了 {{}}，但没有这个参数",
        BatchText::ExtendUnknown => "批次没有这个参数",
        BatchText::ExtendTogether => "它与其他参数一起变化，不能单独扩展",
        BatchText::ExtendNothing => "请至少写一个批次还没有的值",
        BatchText::ExtendForm => "请把新的值写成 a | b 或 start:stop:step",
        BatchText::ExtendTooMany => "超过 {} 个值时不能扩展",
        BatchText::ZipInside => "(a | b) 必须是整个值；含有 | 的文本请加引号",
        BatchText::SampleInside => "抽样必须是整个值；以 ~ 开头的文本请加引号",
        BatchText::EmptyAlternative => "有一个备选值为空；空文本写 ''，竖线写 \\|",
        BatchText::SampleCounts => "各抽样一起抽取，次数必须相同，但 {} 为 {}，{} 为 {}",
        BatchText::SampleSeeds => "各抽样一起抽取，种子必须相同，但 {} 为 {}，{} 为 {}",
        BatchText::SampleLacks => "~{}() 在此处缺少值；空文本写 ''",
        BatchText::SampleHowMany => "要多少个值？请写大于 0 的数，例如 × 20",
        BatchText::BadSeed => "种子是不小于 0 的整数",
        BatchText::NotANumber => "{} 不是数字",
        BatchText::NotWhole => "{} 不是整数",
        BatchText::EmptyChoice => "~choice() 需要备选值",
        BatchText::TwoNumbers => "~{}() 需要两个数，例如 ~{}",
        BatchText::BadDeviation => "标准差不能小于 0",
        BatchText::NoLogarithm => "~{}() 需要大于 0 的数：{} 没有对数",
        BatchText::NotOrdered => "{} 大于 {}：请先写较小的一端",
    }
}

#[cfg(test)]
mod tests {
    use common::batch::Grid;
    use common::yaml;

    use super::*;

    #[test]
    fn every_sentence_has_as_many_arguments_in_chinese() {
        let places = |template: &str| template.matches("{}").count();
        for text in BatchText::ALL {
            assert_eq!(places(zh_batch(*text)), places(text.template()), "{text:?}");
        }
        for text in YamlText::ALL {
            assert_eq!(places(zh_yaml(*text)), places(text.template()), "{text:?}");
        }
    }

    #[test]
    fn errors_of_the_parsers_are_in_chinese() {
        let batch = |text: &str| {
            let config = yaml::parse_mapping(text).unwrap();
            (ZH.batch)(&Grid::parse(&config, None).unwrap_err())
        };
        assert_eq!(batch("lr: 1 | "), "lr: 有一个备选值为空；空文本写 ''，竖线写 \\|（第 4 列）");
        assert_eq!(batch("lr: 5:1"), "lr: 范围 5:1 到不了 1：步长为 1；要递减请写 5:1:-1");
        let sent = "a: b: the range 1:2:0 has step 0 (column 3)";
        assert_eq!((ZH.sentence)(sent), "a: b: 范围 1:2:0 的步长为 0（第 3 列）");
        assert_eq!((ZH.sentence)("the batch has no such parameter"), "批次没有这个参数");
        assert_eq!((ZH.sentence)("Something else."), "Something else.");
        let yaml = |text: &str| (ZH.yaml)(&yaml::parse_mapping(text).unwrap_err().to_string());
        assert_eq!(yaml("- a"), "YAML 的顶层必须是键值映射。");
        for broken in [
            "lr: [1, 2",
            "lr: 1\n  x: [",
            "a: b: c",
            "a: 1\nb\n",
            "lr: - 1",
            "a: \"x",
            "a: *x",
            "a: 1\na: 2",
            "a: @x",
            "a: {b",
        ] {
            let text = yaml(broken);
            assert!(text.starts_with("YAML 无效："), "{broken}: {text}");
            assert!(!text.contains(" expected") && !text.contains(" not "), "{broken}: {text}");
        }
    }
}
