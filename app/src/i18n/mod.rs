//! The texts of the interface, in every language.
//!
//! The texts of a page are a struct with one constant per language, so a missing text does
//! not compile. A page is rendered in one language; changing the language reloads the page.

mod chart;
mod common;
mod compare;
mod ending;
mod filter;
mod generator;
mod grid;
mod home;
mod lang;
mod launcher;
mod manager;
mod monitor;
mod nav;
mod problem;
mod runs;
mod status;
mod task;

pub use compare::CompareText;
pub use grid::RerunCounts;
pub use lang::Lang;
use leptos::prelude::use_context;
pub(crate) use problem::ProblemText;

/// All texts of one language. Each page accesses only its own struct, so that its WASM module contains no others.
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
    /// Texts shared by several pages.
    common: CommonText,
    /// Compare.
    compare: CompareText,
    /// Charts.
    chart: ChartText,
    /// Ends of runs and reasons for waiting.
    ending: EndingText,
    /// Errors of filters.
    filter: FilterText,
    /// The frame: navigation, queue, switches.
    nav: NavText,
    /// The grid of a batch.
    grid: GridText,
    /// Errors in parameters.
    problem: ProblemText,
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

/// The texts of a language, for code outside components.
#[must_use]
pub fn messages_in(lang: Lang) -> Messages {
    Messages(lang)
}

/// The texts in the language of this page.
#[must_use]
pub fn use_messages() -> Messages {
    Messages(use_context::<Lang>().unwrap_or_default())
}
