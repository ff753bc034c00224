//! Icons: one path each on a 16 by 16 grid, drawn with the current colour.

use leptos::prelude::*;

/// An icon. It is always used with a text or a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Alert,
    ArrowRight,
    Bookmark,
    Chart,
    Check,
    CheckCircle,
    ChevronDown,
    ChevronRight,
    Circle,
    Clock,
    Columns,
    Compare,
    Contrast,
    Copy,
    Cross,
    CrossCircle,
    Dots,
    Download,
    Expand,
    File,
    Filter,
    Folder,
    Grid,
    Home,
    List,
    Monitor,
    Moon,
    Pencil,
    Pin,
    Play,
    Plus,
    Refresh,
    Reset,
    Search,
    Slash,
    Spinner,
    Stop,
    Sun,
    Terminal,
    Trash,
    Wand,
}

impl Icon {
    /// The `d` attribute of the stroked path.
    fn path(self) -> &'static str {
        match self {
            Self::Alert => "M8 2 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.1",
            Self::ArrowRight => "M3 8h10M9 4l4 4-4 4",
            Self::Bookmark => "M4 2h8v12l-4-3-4 3z",
            Self::Chart => "M2 2v12h12M4.5 10.5l3-4 2.5 2 3.5-5",
            Self::Check => "M3 8.5 6.5 12 13 4.5",
            Self::CheckCircle => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.5 8.2l1.8 1.8 3.2-3.8",
            Self::ChevronDown => "M4 6l4 4 4-4",
            Self::ChevronRight => "M6 4l4 4-4 4",
            Self::Circle => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z",
            Self::Clock => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.6",
            Self::Columns => "M2 2.5h12v11H2zM6 2.5v11M10 2.5v11",
            Self::Compare => "M5.5 2v12M2.5 5l3-3 3 3M10.5 14V2M7.5 11l3 3 3-3",
            Self::Contrast => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 2v12M10 3v10M12 4.6v6.8",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::Cross => "M4 4l8 8M12 4l-8 8",
            Self::CrossCircle => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6 6l4 4M10 6l-4 4",
            Self::Dots => "M3.5 8h.01M8 8h.01M12.5 8h.01",
            Self::Download => "M8 2v8M4.5 6.8 8 10.2l3.5-3.4M2.5 13.5h11",
            Self::Expand => "M9.5 2.5h4v4M13.5 2.5 9 7M6.5 13.5h-4v-4M2.5 13.5 7 9",
            Self::File => "M3.5 1.5h5.5l3.5 3.5v9.5h-9zM9 1.5V5h3.5",
            Self::Filter => "M1.5 3h13L9.5 8.8v4.7l-3-1.5V8.8z",
            Self::Folder => "M1.5 13V3h4.6l1.5 2h6.9v8z",
            Self::Grid => {
                "M2.5 2.5h4.4v4.4H2.5zM9.1 2.5h4.4v4.4H9.1zM2.5 9.1h4.4v4.4H2.5zM9.1 9.1h4.4v4.4H9.1z"
            }
            Self::Home => "M2 7.5 8 2.3l6 5.2M3.7 6.3v7.2h3V9.8h2.6v3.7h3V6.3",
            Self::List => "M5.5 4h8.5M5.5 8h8.5M5.5 12h8.5M2.3 4h.01M2.3 8h.01M2.3 12h.01",
            Self::Monitor => "M1.5 8.5h3l2-5 3 9 2-4h3",
            Self::Moon => "M13.3 9.7A5.8 5.8 0 0 1 6.3 2.7a5.8 5.8 0 1 0 7 7z",
            Self::Pencil => "M2.5 13.5l.7-3L10.6 3l2.4 2.4-7.5 7.4zM9 4.6 11.4 7",
            Self::Pin => "M5.5 2h5M6.3 2v4.2L4 9h8L9.7 6.2V2M8 9v5",
            Self::Play => "M4.5 2.8v10.4L13 8z",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Refresh => "M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 1.8v3h-3",
            Self::Reset => "M2.5 8a5.5 5.5 0 1 0 1.6-3.9M2.5 1.8v3h3",
            Self::Search => "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7 14 14",
            Self::Slash => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM4 12l8-8",
            Self::Spinner => "M8 2a6 6 0 1 1-6 6",
            Self::Stop => "M4 4h8v8H4z",
            Self::Sun => {
                "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.3v1.4M8 13.3v1.4M1.3 8h1.4M13.3 8h1.4M3.3 3.3l1 1M11.7 11.7l1 1M3.3 12.7l1-1M11.7 4.3l1-1"
            }
            Self::Terminal => "M1.5 2.5h13v11h-13zM4 6l2.2 2L4 10M8 10.5h3.5",
            Self::Trash => "M2.5 4.2h11M6 4V2h4v2M3.8 4.2l.7 9.8h7l.7-9.8M6.6 7v4.2M9.4 7v4.2",
            Self::Wand => {
                "M2.3 13.7 9.5 6.5M11.5 1.8v3M10 3.3h3M13.5 8v2M12.5 9h2M5.5 2.5v2M4.5 3.5h2"
            }
        }
    }
}

/// An icon, hidden from assistive technology because the text beside it has the same meaning.
#[component]
pub fn IconView(
    /// The icon.
    icon: Icon,
) -> impl IntoView {
    let class = if icon == Icon::Spinner { "icon icon--spin" } else { "icon" };
    view! {
        <svg class=class viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=icon.path()></path>
        </svg>
    }
}
