import config from "./playwright.config";
export default { ...config, testDir: "gallery-gen", timeout: 240_000, workers: 1 };
