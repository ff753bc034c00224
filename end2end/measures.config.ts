import config from "./playwright.config";

// Figures that only a browser can tell, printed: frames per second, memory of the page.
export default { ...config, testDir: "measures", timeout: 300_000, workers: 1 };
