// Every sign of a well-formed model has a scope of its own: the grammar knows all that the language has. Files are
// named on the command line; what is missing is listed, and the status is 1.
const fs = require("node:fs");
const path = require("node:path");
const oniguruma = require("vscode-oniguruma");
const { INITIAL, Registry, parseRawGrammar } = require("vscode-textmate");

const GRAMMAR = path.join(__dirname, "..", "syntaxes", "loop.tmLanguage.json");
// So many are shown.
const SHOWN = 20;

async function grammar() {
  await oniguruma.loadWASM(fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")).buffer);
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => parseRawGrammar(fs.readFileSync(GRAMMAR, "utf8"), GRAMMAR),
  });
  return registry.loadGrammar("source.loop");
}

// What of a file has no scope, or one that says it is wrong.
function bare(grammar, file) {
  const found = [];
  let state = INITIAL;
  let tokens = 0;
  fs.readFileSync(file, "utf8").replace(/^\uFEFF/, "").split(/\r?\n/).forEach((line, index) => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    for (const token of result.tokens) {
      const text = line.slice(token.startIndex, token.endIndex);
      tokens += 1;
      const scopes = token.scopes.slice(1);
      if (scopes.some((scope) => scope.startsWith("invalid")) || (scopes.length === 0 && text.trim() !== "")) {
        found.push(`${file}:${index + 1}: ${JSON.stringify(text)} ${scopes.join(" ") || "has no scope"}`);
      }
    }
  });
  return { tokens, found };
}

async function main(files) {
  const loaded = await grammar();
  const results = files.map((file) => bare(loaded, file));
  const found = results.flatMap((result) => result.found);
  const tokens = results.reduce((sum, result) => sum + result.tokens, 0);
  found.slice(0, SHOWN).forEach((line) => console.error(line));
  console.log(`TextMate: ${files.length} files, ${tokens} tokens, ${found.length} without a scope`);
  if (found.length > 0 || files.length === 0) process.exit(1);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
