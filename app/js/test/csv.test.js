// What charts write as comma-separated values.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cell } from "../chart/csv.js";

test("a text is quoted where it has to be and is never a formula", () => {
  assert.equal(cell('a, "b"'), '"a, ""b"""');
  assert.equal(cell("lr=0.1"), "lr=0.1");
  for (const sign of ["=", "+", "-", "@", "\t", "＝"]) assert.equal(cell(`${sign}1+1`), `'${sign}1+1`);
  assert.equal(cell("=A1,B1"), "\"'=A1,B1\"");
});
