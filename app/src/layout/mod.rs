//! The frame around every page: sidebar, content, messages.

mod disk_banner;
mod frame;
mod not_found;
mod page_header;
mod page_module;
mod queue_state;
mod sidebar;
mod switches;
mod workspace_switcher;

pub use frame::Frame;
pub use not_found::NotFound;
pub use page_header::PageHeader;
pub use page_module::PageModule;
