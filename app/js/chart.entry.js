export { Plot } from "./chart/plot.js";
