// The client, with an editor and a language server that only write down what they are asked.

const assert = require("node:assert/strict");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { test, beforeEach } = require("node:test");

const root = path.join(__dirname, "..");
const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
const MODEL = 'loop trade "Best"\n  plan year1 {\n}\nclosure \'Shop 12\'\n// loop not_this\nexpect trade.ratio == 2\n';

let editor;
let server;
let extension;

class Uri {
  constructor(text) {
    this.text = text;
  }
  static from({ scheme, path }) {
    return new Uri(`${scheme}:${encodeURI(path)}`);
  }
  toString() {
    return this.text;
  }
}

class EventEmitter {
  event = () => {};
  fire() {}
}

function makeEditor() {
  const made = { commands: new Map(), calls: [], shown: [], titles: [], errors: [], settings: {}, diagnostics: [], listeners: [] };
  made.vscode = {
    Uri,
    EventEmitter,
    ViewColumn: { Beside: -2 },
    ProgressLocation: { Window: 10 },
    commands: {
      registerCommand: (name, action) => {
        assert.ok(!made.commands.has(name), `${name} is there twice`);
        made.commands.set(name, action);
        return { dispose() {} };
      },
      executeCommand: async (...call) => made.calls.push(call.map(String)),
    },
    workspace: {
      getConfiguration: (section) => ({ get: (key) => made.settings[`${section}.${key}`] }),
      onDidChangeConfiguration: (listener) => made.listeners.push(listener),
      createFileSystemWatcher: () => ({ dispose() {} }),
      registerTextDocumentContentProvider: (scheme, provider) => {
        made.provider = provider;
        return { dispose() {} };
      },
      openTextDocument: async (uri) => (made.titles.push(uri.text), made.provider.provideTextDocumentContent(uri)),
    },
    window: {
      activeTextEditor: undefined,
      showErrorMessage: async (message) => void made.errors.push(message),
      showTextDocument: async (text) => made.shown.push(text),
      showQuickPick: async (items) => items[made.choice ?? 0],
      showInputBox: async () => made.typed,
      withProgress: (_, action) => action(),
    },
    languages: { getDiagnostics: () => made.diagnostics },
  };
  return made;
}

function makeServer() {
  const made = { started: [], stopped: 0, requests: [], answer: "a report" };
  made.package = {
    LanguageClient: class {
      constructor(id, name, run, options) {
        made.run = run;
        made.options = options;
      }
      async start() {
        if (made.refuses) throw new Error(made.refuses);
        made.started.push(made.run.command);
      }
      async stop() {
        made.stopped += 1;
      }
      async sendRequest(method, parameters) {
        made.requests.push([method, parameters]);
        return made.answer;
      }
    },
  };
  return made;
}

function show(text) {
  const document = {
    languageId: "loop",
    uri: new Uri("file:///models/my%20shop.loop"),
    getText: () => text,
  };
  editor.vscode.window.activeTextEditor = { document, selection: { active: 7 } };
}

const run = (command, ...given) => editor.commands.get(command)(...given);

const load = Module._load;
Module._load = function (name, ...rest) {
  if (name === "vscode") return editor.vscode;
  if (name === "vscode-languageclient/node") return server.package;
  return load.call(this, name, ...rest);
};

beforeEach(() => {
  editor = makeEditor();
  server = makeServer();
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(path.join(root, "src"))) delete require.cache[file];
  }
  extension = require("../src/extension.js");
});

const activate = () => extension.activate({ subscriptions: [] });

test("all commands of package.json are there, and no others", async () => {
  await activate();
  const declared = manifest.contributes.commands.map(({ command }) => command).sort();
  assert.deepEqual([...editor.commands.keys()].sort(), declared);
});

test("the server is loopc, or what the settings say", async () => {
  await activate();
  assert.deepEqual(server.started, ["loopc"]);
  assert.deepEqual(server.run.args, ["lsp"]);
  editor.settings["loopc.path"] = "/opt/loopc";
  await editor.listeners[0]({ affectsConfiguration: (key) => key === "loopc.path" });
  assert.deepEqual(server.started, ["loopc", "/opt/loopc"]);
  assert.equal(server.stopped, 1);
});

test("a server that does not start is told, and leads to the settings", async () => {
  server.refuses = "spawn loopc ENOENT";
  editor.vscode.window.showErrorMessage = async (message, button) => {
    editor.errors.push(message);
    return button;
  };
  await activate();
  assert.match(editor.errors[0], /loopc does not start as a language server: spawn loopc ENOENT/);
  await new Promise(setImmediate);
  assert.deepEqual(editor.calls, [["workbench.action.openSettings", "loopc.path"]]);
  show(MODEL);
  await run("loop.showReport");
  assert.match(editor.errors[1], /is not running/);
});

test("the report of a model stands beside it", async () => {
  await activate();
  show(MODEL);
  await run("loop.showReport");
  const request = { command: "loopc.solve", arguments: ["file:///models/my%20shop.loop", null] };
  assert.deepEqual(server.requests, [["workspace/executeCommand", request]]);
  assert.deepEqual(editor.shown, ["a report"]);
});

test("an analysis is chosen by its name", async () => {
  await activate();
  show(MODEL);
  editor.choice = 2;
  await run("loop.solve");
  assert.deepEqual(server.requests[0][1].arguments, ["file:///models/my%20shop.loop", "Shop 12"]);
});

test("nothing is asked without a model, or of one without an analysis", async () => {
  await activate();
  await run("loop.showReport");
  show("currency CNY\n");
  await run("loop.solve");
  assert.deepEqual(server.requests, []);
  assert.deepEqual(editor.errors, ["loopc: open a model first", "loopc: the model has no analysis"]);
});

test("the code at the cursor is explained, in either form, or one that is typed", async () => {
  await activate();
  show(MODEL);
  server.answer = "# L0302";
  const at = (from, to) => ({ contains: (place) => from <= place && place < to });
  editor.diagnostics = [
    { range: at(0, 5), code: "L0101" },
    { range: at(5, 9), code: { value: "L0302", target: "" } },
  ];
  await run("loop.explain");
  editor.diagnostics = [];
  editor.typed = " l0407 ";
  await run("loop.explain");
  assert.deepEqual(
    server.requests.map(([, { arguments: [code] }]) => code),
    ["L0302", "L0407"],
  );
  assert.deepEqual(editor.calls[0], ["markdown.showPreviewToSide", "loopc:/L0302.md"]);
  assert.equal(editor.provider.provideTextDocumentContent(editor.calls[0][1]), "# L0302");
});

test("what a command of the server answers is shown as well", async () => {
  await activate();
  const { executeCommand } = server.options.middleware;
  const answer = await executeCommand("loopc.solve", ["file:///a.loop", "trade"], async () => "of trade");
  assert.equal(answer, "of trade");
  assert.deepEqual(editor.shown, ["of trade"]);
  await executeCommand("loopc.other", [], async () => "not shown");
  assert.equal(editor.shown.length, 1);
  const solved = ["file:///shops/a.loop", "trade", "cheap"];
  await executeCommand("loopc.solve", solved, async () => "of trade in cheap");
  await executeCommand("loopc.solve", ["file:///shops/a.loop", null, "cheap"], async () => "of all in cheap");
  assert.deepEqual(editor.titles, ["loopc:/a,%20trade.txt", "loopc:/a,%20trade%20in%20cheap.txt", "loopc:/a%20in%20cheap.txt"]);
});

test("the analyses of a text", () => {
  const { analyses } = require("../src/analyses.js");
  assert.deepEqual(analyses(MODEL), [
    { word: "loop", name: "trade", label: "Best" },
    { word: "plan", name: "year1", label: "" },
    { word: "closure", name: "Shop 12", label: "" },
  ]);
  assert.deepEqual(analyses("path 商户 { }\nloops x\nloop: 3\npath '' \nloop 'O''Brien'"), [
    { word: "path", name: "商户", label: "" },
    { word: "loop", name: "O'Brien", label: "" },
  ]);
});

test("files that package.json names are there", () => {
  const { languages, grammars, snippets } = manifest.contributes;
  const named = [languages[0].configuration, grammars[0].path, snippets[0].path, manifest.icon];
  named.forEach((file) => assert.ok(fs.existsSync(path.join(root, file)), file));
});

test("the language configuration", () => {
  const text = fs.readFileSync(path.join(root, "language-configuration.json"), "utf8");
  const { wordPattern, onEnterRules, indentationRules } = JSON.parse(text);
  const words = (line) => line.match(new RegExp(wordPattern.pattern, `g${wordPattern.flags}`));
  assert.deepEqual(words("cash flow 付款: 'Shop ''12''' -> café { cost: 0.5% * fee_1 }"), [
    ...["cash", "flow", "付款", "'Shop ''12'''", "café", "cost", "0.5%", "fee_1"],
  ]);
  const doc = new RegExp(onEnterRules[0].beforeText);
  assert.deepEqual(["/// Doc", "  ///", "//// no", "// no", "x /// no"].map((line) => doc.test(line)), [
    ...[true, true, false, false, false],
  ]);
  const opens = new RegExp(indentationRules.increaseIndentPattern);
  const lines = ["loop a {", "loop a { // x", 'x "{"', "// {", "loop a { b: 1 }", "hop 1: { a: 2", "'{'", "a / b {"];
  assert.deepEqual(lines.map((line) => opens.test(line)), [true, true, false, false, false, true, false, true]);
});
