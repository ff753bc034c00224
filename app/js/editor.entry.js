export { basicSetup } from "codemirror";
export { EditorView, keymap } from "@codemirror/view";
export { Compartment, EditorState } from "@codemirror/state";
export { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
export { tags } from "@lezer/highlight";
export { yaml } from "@codemirror/lang-yaml";
export { shell } from "@codemirror/legacy-modes/mode/shell";
export { lintGutter, setDiagnostics } from "@codemirror/lint";
