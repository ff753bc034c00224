//! Sentences of Pyruns as templates: `exit code {}`.
//!
//! Texts on disk and in the API are English. The code that writes such a text fills a template, and
//! the page reads the same template back to show the sentence in the language of the user. A new
//! template does not compile before every language has it; a text without one is shown as it is.

mod batch;
mod end;
mod template;
mod wait;
mod yaml;

pub use batch::BatchText;
pub use end::EndText;
pub use template::{fill, read};
pub use wait::WaitText;
pub use yaml::YamlText;

/// Declares an enum of templates.
macro_rules! templates {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $text_doc:literal])* $text:ident = $template:literal,)* }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[doc = $text_doc])* $text,)*
        }

        impl $name {
            /// All of them, in the order in which they are compared with a text.
            pub const ALL: &'static [Self] = &[$(Self::$text,)*];

            /// The template, with `{}` for each argument.
            #[must_use]
            pub const fn template(self) -> &'static str {
                match self { $(Self::$text => $template,)* }
            }

            /// The sentence with these arguments.
            #[must_use]
            pub fn fill(self, arguments: &[&dyn std::fmt::Display]) -> String {
                $crate::message::fill(self.template(), arguments)
            }

            /// The template of a sentence, with its arguments; `None` for other texts.
            #[must_use]
            pub fn read(sentence: &str) -> Option<(Self, Vec<&str>)> {
                Self::ALL.iter().find_map(|text| {
                    Some((*text, $crate::message::read(text.template(), sentence)?))
                })
            }
        }

        #[cfg(test)]
        mod tests {
            #[test]
            fn every_sentence_is_recognised() {
                $crate::message::template::check_all(
                    super::$name::ALL.iter().map(|text| text.template()),
                    |sentence| {
                        let (text, arguments) = super::$name::read(sentence)?;
                        Some((text.template(), arguments))
                    },
                );
            }
        }
    };
}
use templates;
