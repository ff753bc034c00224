import config from "./playwright.config";

// `make shots`: not a test; screenshots of every page in shots/, for review.
export default { ...config, testDir: "gallery", timeout: 300_000, workers: 1 };
