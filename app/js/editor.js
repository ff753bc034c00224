// The interface of CodeMirror. `app/src/js/editor.rs` is its typed binding and the only caller.
//
// The library is a separate bundle, fetched with the first editor.

let library;
const load = () => (library ??= import("/vendor/editor.js"));

/** Colours come from the design tokens, so light and dark need no second theme. */
function themeOf({ EditorView, HighlightStyle, syntaxHighlighting, tags }, nonce) {
  const theme = EditorView.theme({
    "&": { height: "100%", fontSize: "var(--size-m)", color: "var(--text)" },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
    ".cm-content": { caretColor: "var(--text)", padding: "var(--s2) 0" },
    ".cm-cursor": { borderLeftColor: "var(--text)" },
    ".cm-gutters": { background: "var(--bg-inset)", color: "var(--text-faint)", border: "none" },
    ".cm-activeLine, .cm-activeLineGutter": { background: "var(--editor-line)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
      background: "var(--editor-selection) !important",
    },
    ".cm-panels, .cm-tooltip": { background: "var(--bg-raised)", color: "var(--text)", borderColor: "var(--line-strong)" },
    ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  });
  const style = (tag, color, more) => ({ tag, color, ...more });
  const highlight = HighlightStyle.define([
    style([tags.propertyName, tags.definition(tags.propertyName)], "var(--code-key)"),
    style([tags.string, tags.special(tags.string)], "var(--code-string)"),
    style([tags.number, tags.bool, tags.null, tags.atom], "var(--code-number)"),
    style([tags.keyword, tags.standard(tags.name)], "var(--code-keyword)"),
    style([tags.variableName, tags.definition(tags.variableName)], "var(--code-key)"),
    style([tags.comment, tags.meta], "var(--text-faint)", { fontStyle: "italic" }),
    style([tags.punctuation, tags.operator], "var(--text-muted)"),
  ]);
  const allowed = nonce ? [EditorView.cspNonce.of(nonce)] : [];
  return [...allowed, theme, syntaxHighlighting(highlight)];
}

/** A text editor inside `host`. Edits before the library is loaded go to the text area. */
export class Editor {
  constructor(host, language, label, nonce, onChange, onReady) {
    Object.assign(this, { host, gone: false, problems: [] });
    load().then((lib) => {
      if (this.gone) return;
      this.lib = lib;
      const text = onReady();
      const { EditorView, EditorState, StreamLanguage, basicSetup, keymap, lintGutter } = lib;
      const grammar = language === "yaml" ? lib.yaml() : StreamLanguage.define(lib.shell);
      this.view = new EditorView({
        parent: host,
        state: EditorState.create({
          doc: text,
          extensions: [
            // The page handles these shortcuts; the library would insert a line.
            keymap.of([{ key: "Mod-Enter", shift: () => true, run: () => true }]),
            basicSetup,
            grammar,
            lintGutter(),
            themeOf(lib, nonce),
            EditorState.tabSize.of(2),
            EditorView.lineWrapping,
            EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
            EditorView.updateListener.of((update) => {
              if (update.docChanged && !this.setting) onChange(update.state.doc.toString());
            }),
          ],
        }),
      });
      this.mark(...this.problems);
      // The text area stays when the library cannot be loaded.
    }, () => {});
  }

  /** Sets the text. Only differences are replaced, so that the cursor and the undo history are preserved. */
  set(text) {
    const old = this.view?.state.doc.toString();
    if (old === undefined || old === text) return;
    const shorter = Math.min(old.length, text.length);
    let from = 0;
    while (from < shorter && old[from] === text[from]) from += 1;
    let same = 0;
    while (same < shorter - from && old[old.length - 1 - same] === text[text.length - 1 - same]) same += 1;
    const insert = text.slice(from, text.length - same);
    this.setting = true;
    this.view.dispatch({ changes: { from, to: old.length - same, insert } });
    this.setting = false;
  }

  /** Marks one problem by line and column, both from 1; line 0 clears. */
  mark(line = 0, column = 0, message = "") {
    this.problems = [line, column, message];
    if (!this.view) return;
    const { state } = this.view;
    const at = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
    const from = Math.min(at.from + Math.max(column - 1, 0), at.to);
    const found = line > 0 ? [{ from, to: at.to, severity: "error", message }] : [];
    this.view.dispatch(this.lib.setDiagnostics(state, found));
  }

  dispose() {
    this.gone = true;
    this.view?.destroy();
  }
}
