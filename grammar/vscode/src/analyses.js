// The analyses of a model, as its text declares them.

const DECLARATION =
  /^[ \t]*(loop|path|closure|plan)[ \t]+('(?:[^'\r\n]|'')+'|[\p{XID_Start}_]\p{XID_Continue}*)(?:[ \t]+"((?:[^"\\\r\n]|\\.)*)")?/u;

// Each analysis with its word, its name without quotes, and its label if it has one on its line.
function analyses(text) {
  const found = [];
  for (const line of text.split(/\r?\n/)) {
    const [, word, written, label] = DECLARATION.exec(line) ?? [];
    if (word === undefined) continue;
    const quoted = written.startsWith("'");
    const name = quoted ? written.slice(1, -1).replaceAll("''", "'") : written;
    if (found.every((known) => known.name !== name)) found.push({ word, name, label: label ?? "" });
  }
  return found;
}

module.exports = { analyses };
