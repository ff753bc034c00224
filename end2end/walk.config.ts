import config from "./playwright.config";

// The random walk; see walk/walk.spec.ts and CONTRIBUTING.md.
export default { ...config, testDir: "walk", outputDir: "../target/walk-results", workers: 2, use: { ...config.use, trace: "off" as const } };
