// The program of a scenario's stack: makes the resources that `resources.json` describes, so that a test can say what
// a program declares as data.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { declare } = require("./declare.js");

module.exports = () => declare(JSON.parse(readFileSync(join(__dirname, "resources.json"), "utf8")));
