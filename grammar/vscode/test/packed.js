// The extension as it is packed, with the packages that it brings, against a language server: it starts the server,
// opens a model, shows its faults, asks for a report and a page, and ends the server. With loopc itself a text is
// edited as well, and each kind of question is asked as the editor asks it.
//
// node packed.js FOLDER SERVER: the folder that bundle.js filled, and loopc, or server.js in its place.

const assert = require("node:assert/strict");
const Module = require("node:module");
const path = require("node:path");

const [folder, program] = process.argv.slice(2);
// Whatever hangs ends here.
const PATIENCE = 60_000;
const STANDS_IN = path.basename(program) === "server.js";
const TEXT = `currency CNY
participant shop: business
participant people: consumer
param spare = 1 CNY
param price = 3 CNY
cash flow buy: people -> shop { revenue: price }
cash flow wages: shop -> people { cost: 2 CNY }
loop trade
`;
const MODEL = "file:///models/stall.loop";

const seen = { commands: new Map(), providers: new Map(), faults: [], shown: [], previews: [], errors: [] };

const nothing = () => ({ dispose() {} });

// Waits until something holds; whatever never does ends with the patience for everything.
async function until(holds) {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

// Whatever else the client looks for in an editor: it can be called, made and looked into, and does nothing.
function anything() {
  const parts = new Map();
  return new Proxy(function () {}, {
    get(target, key) {
      if (key === Symbol.toPrimitive) return () => "";
      if (key === "then") return undefined;
      if (key in target && key !== "name" && key !== "length") return target[key];
      if (!parts.has(key)) parts.set(key, anything());
      return parts.get(key);
    },
    apply: () => anything(),
    construct: nothing,
  });
}

// What is written below, and anything beside it. Events are never sent.
function withAnything(own) {
  const rest = anything();
  return new Proxy(own, {
    get: (target, key) => (key in target ? target[key] : /^on[A-Z]/.test(String(key)) ? nothing : rest[key]),
  });
}

const uri = (text) => ({ scheme: text.split(":")[0], fsPath: text, path: text, toString: () => text });
let text = TEXT;
const document = { languageId: "loop", version: 1, fileName: MODEL, uri: uri(MODEL), getText: () => text };
const typed = [];
const configured = [];
let provider;

// What stands in package.json, and the program.
const settings = { path: program, lints: {}, solver: null, hints: { hops: true }, trace: { server: "off" } };

// Where a part of the text is, or its end.
function place(part, end = 0) {
  const before = text.slice(0, text.indexOf(part) + end).split("\n");
  return new Position(before.length - 1, before.at(-1).length);
}

// Puts one part of the text in the place of another, as somebody who types.
function edit(old, now) {
  const range = new Range(place(old), place(old, old.length));
  const contentChanges = [{ range, rangeOffset: text.indexOf(old), rangeLength: old.length, text: now }];
  text = text.replace(old, now);
  document.version += 1;
  typed.forEach((listener) => listener({ document, contentChanges }));
}

// What the client makes of answers. Each is what it was made of.
const made = (...names) =>
  class {
    constructor(...given) {
      names.forEach((name, at) => (this[name] = given[at]));
    }
  };
const Position = made("line", "character");
const Range = class extends made("start", "end") {
  constructor(...given) {
    super(...(given.length === 4 ? [new Position(given[0], given[1]), new Position(given[2], given[3])] : given));
  }
};
const classes = {
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  ...{ Position, Range, TextEdit: made("range", "newText"), Location: made("uri", "range") },
  ...{ Hover: made("contents", "range"), MarkdownString: made("value"), CompletionItem: made("label", "kind") },
  ...{ CompletionList: made("items"), Diagnostic: made("range", "message", "severity") },
  WorkspaceEdit: class {
    edits = [];
    set = (file, edits) => this.edits.push(...edits.flat());
  },
};

const vscode = withAnything({
  ...classes,
  version: "1.91.0",
  env: withAnything({ language: "en", appName: "a stand-in" }),
  Uri: { from: (parts) => uri(`${parts.scheme}:${parts.path}`), parse: uri, file: (name) => uri(`file://${name}`) },
  EventEmitter: class {
    listeners = [];
    event = (listener) => (this.listeners.push(listener), nothing());
    fire = (value) => this.listeners.forEach((listener) => listener(value));
    dispose() {}
  },
  Disposable: class {
    dispose() {}
    static from = nothing;
  },
  CancellationTokenSource: class {
    token = { isCancellationRequested: false, onCancellationRequested: nothing };
    cancel() {}
    dispose() {}
  },
  commands: withAnything({
    registerCommand(name, action) {
      assert.ok(!seen.commands.has(name), `${name} is there twice`);
      seen.commands.set(name, action);
      return nothing();
    },
    executeCommand: async (name, page) => seen.previews.push([name, provider.provideTextDocumentContent(page)]),
  }),
  languages: new Proxy(
    withAnything({
      match: () => 10,
      createDiagnosticCollection: () => ({
        ...{ clear() {}, delete() {}, dispose() {}, get() {} },
        set: (place, faults) => (seen.faults = faults),
      }),
    }),
    {
      get(target, key) {
        const kind = /^register(\w+)Provider$/.exec(String(key))?.[1];
        return kind ? (_, given) => (seen.providers.set(kind, given), nothing()) : target[key];
      },
    },
  ),
  workspace: withAnything({
    ...{ textDocuments: [document], notebookDocuments: [], workspaceFolders: undefined },
    getConfiguration: (section) => ({
      get: (key, otherwise) =>
        `${section}.${key}` === "loopc.path" ? program : section === undefined && key === "loopc" ? settings : otherwise,
      inspect() {},
    }),
    onDidChangeConfiguration: (listener, self) => (configured.push(listener.bind(self)), nothing()),
    onDidChangeTextDocument: (listener, self) => (typed.push(listener.bind(self)), nothing()),
    registerTextDocumentContentProvider: (_, given) => ((provider = given), nothing()),
    openTextDocument: async (page) => provider.provideTextDocumentContent(page),
  }),
  window: withAnything({
    activeTextEditor: { document },
    visibleTextEditors: [],
    tabGroups: { all: [], onDidChangeTabs: nothing },
    showErrorMessage: async (message) => void seen.errors.push(message),
    showTextDocument: async (text) => seen.shown.push(text),
    withProgress: (_, action) => action(),
  }),
});

const load = Module._load;
Module._load = function (name, ...rest) {
  return name === "vscode" ? vscode : load.call(this, name, ...rest);
};

// Each kind of question, as the editor asks it.
async function asks() {
  const token = { isCancellationRequested: false, onCancellationRequested: nothing };
  const ask = (kind, method, ...given) => {
    assert.ok(seen.providers.has(kind), `the editor was offered ${[...seen.providers.keys()]}, and not ${kind}`);
    return seen.providers.get(kind)[method](document, ...given, token);
  };
  const lines = (edits) => edits.map(({ range, newText }) => `${range.start.line + 1} ${newText}`).sort();

  edit("revenue: price", "revenue: prcie");
  await until(() => seen.faults.some(({ message }) => message.includes("did you mean `price`?")));
  edit("revenue: prcie", "revenue: pr");
  const found = await ask("CompletionItem", "provideCompletionItems", place("revenue: pr", 11), { triggerKind: 0 });
  assert.equal((found.items ?? found)[0].label, "price");
  edit("revenue: pr", "revenue: price");
  await until(() => seen.faults.length === 1);

  const at = place("revenue: price", 10);
  const hover = await ask("Hover", "provideHover", at);
  assert.match(JSON.stringify(hover.contents), /param price = 3 CNY/);
  const declared = await ask("Definition", "provideDefinition", at);
  assert.deepEqual([declared].flat()[0].range.start, place("price = 3"));
  const renamed = await ask("Rename", "provideRenameEdits", at, "fare");
  assert.deepEqual(lines(renamed.edits), ["5 fare", "6 fare"]);
  const options = { tabSize: 4, insertSpaces: true };
  const formatted = await ask("DocumentFormattingEdit", "provideDocumentFormattingEdits", options);
  assert.deepEqual([...new Set(formatted.map(({ range }) => range.start.line + 1))], [2, 6, 7]);

  assert.equal(seen.faults[0].severity, 1);
  settings.lints = { L0502: "deny" };
  configured.forEach((listener) => listener({ affectsConfiguration: (key) => key === "loopc" }));
  await until(() => seen.faults[0]?.severity === 0);
}

async function main() {
  const extension = require(path.resolve(folder, "dist", "extension.js"));
  await extension.activate({ subscriptions: [] });
  await until(() => seen.faults.length === 1);
  if (!STANDS_IN) await asks();
  await seen.commands.get("loop.showReport")();
  await seen.commands.get("loop.explain")("L0302");
  await extension.deactivate();
  assert.deepEqual(seen.errors, []);
  const [report, [how, page]] = [seen.shown[0], seen.previews[0]];
  assert.equal(how, "markdown.showPreviewToSide");
  if (STANDS_IN) {
    assert.equal(report, `loopc.solve ${JSON.stringify([MODEL, null])}`);
    assert.equal(page, 'loopc.explain ["L0302"]');
  } else {
    assert.match(report, /^loop trade\n  maximize revenue \/ cost = 1\.5\n/m);
    assert.match(page, /^# L0302\b/);
  }
  assert.equal(seen.shown.length + seen.previews.length, 2);
  assert.ok(seen.commands.has("loopc.solve"), "commands of the server are commands of the editor");
  console.log(`the packed client works with ${STANDS_IN ? "a stand-in for loopc" : "loopc itself"}`);
}

setTimeout(() => {
  console.error("the client hangs");
  process.exit(1);
}, PATIENCE).unref();
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
