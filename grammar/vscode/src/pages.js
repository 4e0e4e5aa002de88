// What loopc answers, as documents that can be read and not changed. They live as long as the window.

const vscode = require("vscode");

const SCHEME = "loopc";

class Pages {
  #texts = new Map();
  #changed = new vscode.EventEmitter();
  onDidChange = this.#changed.event;

  provideTextDocumentContent(uri) {
    return this.#texts.get(uri.toString()) ?? "";
  }

  // Puts a text under a title; the same title is the same page again.
  set(title, text) {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title}` });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  // A report, beside the model.
  async showReport(title, text) {
    const document = await vscode.workspace.openTextDocument(this.set(`${title}.txt`, text));
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  }

  // A page of Markdown, as it is meant to be read.
  async showMarkdown(title, text) {
    await vscode.commands.executeCommand("markdown.showPreviewToSide", this.set(`${title}.md`, text));
  }
}

module.exports = { Pages, SCHEME };
