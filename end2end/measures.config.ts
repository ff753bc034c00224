import config from "./playwright.config";

// Figures that only a browser can tell, printed: frames per second, memory of the page, times until it is drawn.
// Without a trace: making one takes longer than what is measured.
export default { ...config, testDir: "measures", timeout: 300_000, workers: 1, use: { ...config.use, trace: "off" as const } };
