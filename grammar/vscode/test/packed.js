// The extension as it is packed, with the packages that it brings, against a language server: it starts the server,
// opens a model, shows its faults, asks for a report and a page, and ends the server.
//
// node packed.js FOLDER SERVER: the folder that bundle.js filled, and a program in the place of loopc.

const assert = require("node:assert/strict");
const Module = require("node:module");
const path = require("node:path");

const [folder, program] = process.argv.slice(2);
// Whatever hangs ends here.
const PATIENCE = 60_000;
const TEXT = 'model "A stall"\n';
const MODEL = "file:///models/stall.loop";

const seen = { commands: new Map(), faults: 0, shown: [], previews: [], errors: [] };

const nothing = () => ({ dispose() {} });

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
const document = { languageId: "loop", version: 1, fileName: MODEL, uri: uri(MODEL), getText: () => TEXT };
let provider;

const vscode = withAnything({
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
  languages: withAnything({
    match: () => 10,
    createDiagnosticCollection: () => ({
      ...{ clear() {}, delete() {}, dispose() {}, get() {} },
      set: (place, faults) => (seen.faults += faults.length),
    }),
  }),
  workspace: withAnything({
    ...{ textDocuments: [document], notebookDocuments: [], workspaceFolders: undefined },
    getConfiguration: (section) => ({
      get: (key, otherwise) => (`${section}.${key}` === "loopc.path" ? program : otherwise),
      inspect() {},
    }),
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

async function main() {
  const extension = require(path.resolve(folder, "dist", "extension.js"));
  await extension.activate({ subscriptions: [] });
  await seen.commands.get("loop.showReport")();
  await seen.commands.get("loop.explain")("L0302");
  await extension.deactivate();
  assert.deepEqual(seen.errors, []);
  assert.deepEqual(seen.shown, [`loopc.solve ${JSON.stringify([MODEL, null])}`]);
  assert.deepEqual(seen.previews, [["markdown.showPreviewToSide", 'loopc.explain ["L0302"]']]);
  assert.equal(seen.faults, 1);
  assert.ok(seen.commands.has("loopc.solve"), "commands of the server are commands of the editor");
  console.log("the packed client starts a server, shows its faults, a report and a page, and ends it");
}

setTimeout(() => {
  console.error("the client hangs");
  process.exit(1);
}, PATIENCE).unref();
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
