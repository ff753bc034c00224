//! Every text of the interface, in every language.
//!
//! A page's texts are a struct of its own with one constant a language, so a missing text does
//! not compile. A page is rendered in one language; changing it loads the page again.

mod chart;
mod common;
mod compare;
mod filter;
mod generator;
mod grid;
mod home;
mod lang;
mod launcher;
mod manager;
mod monitor;
mod nav;
mod runs;
mod task;

pub use compare::CompareText;
pub use grid::RerunCounts;
pub use lang::Lang;
use leptos::prelude::use_context;

/// All texts of one language. A page asks for its own, so that its module holds no other's.
#[derive(Debug, Clone, Copy)]
pub struct Messages(Lang);

macro_rules! texts {
    ($($(#[doc = $doc:literal])* $page:ident: $text:ident,)*) => {
        impl Messages {
            $($(#[doc = $doc])*
            #[must_use]
            pub fn $page(self) -> &'static $page::$text {
                match self.0 {
                    Lang::En => &$page::EN,
                    Lang::ZhCn => &$page::ZH,
                }
            })*
        }
    };
}

texts! {
    /// Words that several pages use.
    common: CommonText,
    /// Compare.
    compare: CompareText,
    /// Charts.
    chart: ChartText,
    /// Errors of filters.
    filter: FilterText,
    /// The frame: navigation, queue, switches.
    nav: NavText,
    /// The grid of a batch.
    grid: GridText,
    /// Home.
    home: HomeText,
    /// The launcher.
    launcher: LauncherText,
    /// The Generator.
    generator: GeneratorText,
    /// The Manager.
    manager: ManagerText,
    /// The table of runs.
    runs: RunsText,
    /// A task's page.
    task: TaskText,
    /// The Monitor.
    monitor: MonitorText,
}

/// The texts in a language: for code that is called outside of the components.
#[must_use]
pub fn messages_in(lang: Lang) -> Messages {
    Messages(lang)
}

/// The texts in the language of this page.
#[must_use]
pub fn use_messages() -> Messages {
    Messages(use_context::<Lang>().unwrap_or_default())
}
