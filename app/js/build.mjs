// One bundle a widget, each loaded only by the page that shows it.
import { build } from "esbuild";

await build({
  entryPoints: { chart: "chart.entry.js", editor: "editor.entry.js" },
  outdir: "../../public/vendor",
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  legalComments: "eof",
  logLevel: "warning",
});
