//! The typed binding of CodeMirror: a handle that owns an editor and disposes it when dropped.
//!
//! Outside the browser the same API exists and does nothing, so that callers need no `cfg`.

/// The language for syntax highlighting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// YAML.
    Yaml,
    /// Shell script.
    Shell,
}

/// The position of an error in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// 1-based.
    pub line: u32,
    /// 1-based.
    pub column: u32,
    /// The error message.
    pub message: String,
}

#[cfg(target_arch = "wasm32")]
pub use browser::Editor;

#[cfg(target_arch = "wasm32")]
mod browser {
    use wasm_bindgen::prelude::*;

    use super::{Language, Mark};

    #[wasm_bindgen(module = "/js/editor.js")]
    extern "C" {
        #[wasm_bindgen(js_name = Editor)]
        type JsEditor;

        #[wasm_bindgen(constructor, js_class = "Editor")]
        fn new(
            host: &web_sys::HtmlElement,
            language: &str,
            label: &str,
            nonce: &str,
            on_change: &Closure<dyn FnMut(String)>,
            on_ready: &Closure<dyn FnMut() -> String>,
        ) -> JsEditor;

        #[wasm_bindgen(method, js_class = "Editor")]
        fn set(this: &JsEditor, text: &str);

        #[wasm_bindgen(method, js_class = "Editor")]
        fn mark(this: &JsEditor, line: u32, column: u32, message: &str);

        #[wasm_bindgen(method, js_class = "Editor")]
        fn dispose(this: &JsEditor);
    }

    /// An editor inside an element of the page.
    pub struct Editor {
        inner: JsEditor,
        // Must live as long as the editor, which calls them.
        _on_change: Closure<dyn FnMut(String)>,
        _on_ready: Closure<dyn FnMut() -> String>,
    }

    impl Editor {
        /// Loads the library and puts an editor into `host`.
        ///
        /// `on_ready` is called once, when the editor is about to appear, and gives its text;
        /// `on_change` gets the text after each edit by the user. `nonce` is the page's, for the
        /// stylesheet that CodeMirror adds.
        pub fn new(
            host: &web_sys::HtmlElement,
            language: Language,
            label: &str,
            nonce: &str,
            on_change: impl FnMut(String) + 'static,
            on_ready: impl FnMut() -> String + 'static,
        ) -> Self {
            let on_change = Closure::new(on_change);
            let on_ready = Closure::new(on_ready);
            let word = match language {
                Language::Yaml => "yaml",
                Language::Shell => "shell",
            };
            let inner = JsEditor::new(host, word, label, nonce, &on_change, &on_ready);
            Self { inner, _on_change: on_change, _on_ready: on_ready }
        }

        /// Replaces the text; `on_change` is not called.
        pub fn set(&self, text: &str) {
            self.inner.set(text);
        }

        /// Marks an error, or removes the mark.
        pub fn mark(&self, mark: Option<&Mark>) {
            match mark {
                Some(mark) => self.inner.mark(mark.line, mark.column, &mark.message),
                None => self.inner.mark(0, 0, ""),
            }
        }
    }

    impl Drop for Editor {
        fn drop(&mut self) {
            self.inner.dispose();
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub use on_server::Editor;

#[cfg(not(target_arch = "wasm32"))]
mod on_server {
    use super::{Language, Mark};

    /// Stub of the server side.
    pub struct Editor;

    impl Editor {
        /// On the server nothing is loaded.
        pub fn new(
            _host: &web_sys::HtmlElement,
            _language: Language,
            _label: &str,
            _nonce: &str,
            _on_change: impl FnMut(String) + 'static,
            _on_ready: impl FnMut() -> String + 'static,
        ) -> Self {
            Self
        }

        /// On the server nothing is displayed.
        pub fn set(&self, _text: &str) {}

        /// On the server nothing is displayed.
        pub fn mark(&self, _mark: Option<&Mark>) {}
    }
}
