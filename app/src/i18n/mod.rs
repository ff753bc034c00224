//! Every text of the interface, in every language.
//!
//! A page's texts are a struct of its own with one constant a language, so a missing text does
//! not compile. A page is rendered in one language; changing it loads the page again.

mod common;
mod generator;
mod home;
mod lang;
mod launcher;
mod manager;
mod monitor;
mod nav;
mod task;

pub use lang::Lang;
use leptos::prelude::use_context;

/// All texts of one language.
pub struct Messages {
    /// Words that several pages use.
    pub common: common::CommonText,
    /// The frame: navigation, queue, switches.
    pub nav: nav::NavText,
    /// Home.
    pub home: home::HomeText,
    /// The launcher.
    pub launcher: launcher::LauncherText,
    /// The Generator.
    pub generator: generator::GeneratorText,
    /// The Manager.
    pub manager: manager::ManagerText,
    /// A task's page.
    pub task: task::TaskText,
    /// The Monitor.
    pub monitor: monitor::MonitorText,
}

static EN: Messages = Messages {
    common: common::EN,
    nav: nav::EN,
    home: home::EN,
    launcher: launcher::EN,
    generator: generator::EN,
    manager: manager::EN,
    task: task::EN,
    monitor: monitor::EN,
};

static ZH: Messages = Messages {
    common: common::ZH,
    nav: nav::ZH,
    home: home::ZH,
    launcher: launcher::ZH,
    generator: generator::ZH,
    manager: manager::ZH,
    task: task::ZH,
    monitor: monitor::ZH,
};

/// The texts in the language of this page.
#[must_use]
pub fn use_messages() -> &'static Messages {
    match use_context::<Lang>().unwrap_or_default() {
        Lang::En => &EN,
        Lang::ZhCn => &ZH,
    }
}
