import config from "./playwright.config";

// Prints measurements in a browser: frames per second, memory of the page, rendering times.
// Without a trace, because recording it takes longer than the measured operations.
export default { ...config, testDir: "measures", timeout: 300_000, workers: 1, use: { ...config.use, trace: "off" as const } };
