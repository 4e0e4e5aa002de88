// The client: it starts `loopc lsp`, and shows what its commands answer. All that is known of the language lies there.

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");
const { analyses } = require("./analyses");
const { Pages, SCHEME } = require("./pages");

// What a model may read: when one of these changes on the disk, loopc is told.
const FILES = "**/*.{loop,toml,csv,tsv,xlsx,xlsm,parquet}";
const CODE = /^L\d{4}$/;
// The commands of the server whose answer is a text to be read.
const SOLVE = "loopc.solve";
const EXPLAIN = "loopc.explain";

let client;
let pages;
let watcher;

async function activate(context) {
  pages = new Pages();
  watcher = vscode.workspace.createFileSystemWatcher(FILES);
  const command = (name, action) => context.subscriptions.push(vscode.commands.registerCommand(name, action));
  context.subscriptions.push(watcher, vscode.workspace.registerTextDocumentContentProvider(SCHEME, pages));
  command("loop.solve", () => told(solve));
  command("loop.showReport", () => told(report));
  command("loop.explain", (code) => told(() => explain(code)));
  command("loop.restart", () => told(restart));
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("loopc.path")) return told(restart);
    }),
  );
  await told(start);
}

async function deactivate() {
  await stop();
}

// Runs an action; why it failed is said to the user, whom nothing waits for.
async function told(action) {
  try {
    await action();
  } catch (error) {
    void complain(`loopc: ${error.message ?? error}`);
  }
}

async function complain(message) {
  const settings = "Open Settings";
  const chosen = await vscode.window.showErrorMessage(message, settings);
  if (chosen === settings) await vscode.commands.executeCommand("workbench.action.openSettings", "loopc.path");
}

async function start() {
  const program = vscode.workspace.getConfiguration("loopc").get("path") || "loopc";
  const run = { command: program, args: ["lsp"] };
  client = new LanguageClient("loopc", "loopc", run, {
    documentSelector: ["file", "untitled"].map((scheme) => ({ scheme, language: "loop" })),
    synchronize: { fileEvents: watcher },
    middleware: { executeCommand: shown },
  });
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    throw new Error(`${program} does not start as a language server: ${error.message ?? error}`);
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function restart() {
  await stop();
  await start();
}

// A command that the server offers, such as one above a declaration: what it answers is shown.
async function shown(command, parameters, next) {
  const answer = await next(command, parameters);
  if (typeof answer === "string") {
    if (command === SOLVE) await pages.showReport(titleOf(parameters), answer);
    if (command === EXPLAIN) await pages.showMarkdown(parameters[0], answer);
  }
  return answer;
}

// `shop` of the report on file:///models/shop.loop, `shop, trade` of that on one analysis, `shop, trade in cheap` of
// that in a scenario.
function titleOf([uri, analysis, scenario]) {
  const file = decodeURIComponent(String(uri).split("/").at(-1)).replace(/\.loop$/, "");
  const asked = analysis ? `${file}, ${analysis}` : file;
  return scenario ? `${asked} in ${scenario}` : asked;
}

async function ask(command, parameters) {
  if (client === undefined) throw new Error("the language server is not running");
  const answer = await client.sendRequest("workspace/executeCommand", { command, arguments: parameters });
  if (typeof answer !== "string") throw new Error(`${command} has no answer`);
  return answer;
}

// The model that is looked at, as it is on the screen: the server has its text, saved or not.
function model() {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== "loop") throw new Error("open a model first");
  return document;
}

async function solve() {
  const document = model();
  const items = analyses(document.getText()).map(({ word, name, label }) => ({
    label: name,
    description: word,
    detail: label,
  }));
  if (items.length === 0) throw new Error("the model has no analysis");
  const chosen = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items);
  if (chosen === undefined) return;
  await solved(document, chosen.label);
}

async function report() {
  await solved(model(), null);
}

async function solved(document, analysis) {
  const parameters = [document.uri.toString(), analysis];
  const title = titleOf(parameters);
  const answer = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: `loopc solves ${title}` },
    () => ask(SOLVE, parameters),
  );
  await pages.showReport(title, answer);
}

// The page of a code: that of a menu or link, else that at the cursor, else one that is asked for.
async function explain(given) {
  const code = CODE.test(given) ? given : (codeAtCursor() ?? (await codeAsked()));
  if (code === undefined) return;
  await pages.showMarkdown(code, await ask(EXPLAIN, [code]));
}

function codeAtCursor() {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const here = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((diagnostic) => diagnostic.range.contains(editor.selection.active));
  const codes = here.map(({ code }) => (typeof code === "object" ? code?.value : code));
  return codes.find((code) => CODE.test(code));
}

async function codeAsked() {
  const answer = await vscode.window.showInputBox({
    prompt: "Code of an error or warning",
    placeHolder: "L0302",
    validateInput: (text) => (CODE.test(text.trim().toUpperCase()) ? undefined : "L and four digits"),
  });
  return answer?.trim().toUpperCase();
}

module.exports = { activate, deactivate };
