//! The languages.

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    ZhCn,
}

impl Lang {
    /// All languages, in display order.
    pub const ALL: [Self; 2] = [Self::En, Self::ZhCn];

    /// The value of `<html lang>` and of the cookie.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhCn => "zh-CN",
        }
    }

    /// The name of the language in that language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::ZhCn => "简体中文",
        }
    }

    /// Reads a language tag: `en-US`, `zh`.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        match tag.trim().get(..2)? {
            "en" | "EN" => Some(Self::En),
            "zh" | "ZH" => Some(Self::ZhCn),
            _ => None,
        }
    }

    /// The first supported language of an `Accept-Language` header. Browsers list them in
    /// order of preference, so the weights are ignored.
    #[must_use]
    #[cfg(any(feature = "ssr", test))]
    pub fn of_accept_language(header: &str) -> Self {
        header.split(',').find_map(Self::parse).unwrap_or_default()
    }
}
