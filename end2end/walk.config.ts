import config from "./playwright.config";

// Selected here once, because every worker loads the tests and must find the same ones.
process.env.WALK_FRESH_SEED ??= String(Math.floor(Math.random() * 2 ** 31));

// The random walk; see walk/walk.spec.ts and CONTRIBUTING.md.
export default { ...config, testDir: "walk", outputDir: "../target/walk-results", workers: 2, use: { ...config.use, trace: "off" as const } };
