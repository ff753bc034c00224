import config from "./playwright.config";

// `make shots`: no test, but every page as a picture in shots/, for people to look at.
export default { ...config, testDir: "gallery", timeout: 300_000, workers: 1 };
