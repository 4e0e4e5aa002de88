#!/usr/bin/env node
// A stand-in for `loopc lsp`: it finds one fault in every text, and says back what it is asked.

if (process.argv[2] !== "lsp") throw new Error("loopc is a language server when it is asked for `lsp`");

let input = Buffer.alloc(0);

function send(message) {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  process.stdout.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

const start = { line: 0, character: 0 };
const answers = {
  initialize: () => ({
    capabilities: { textDocumentSync: 1, executeCommandProvider: { commands: ["loopc.solve", "loopc.explain"] } },
  }),
  "workspace/executeCommand": ({ command, arguments: given }) => `${command} ${JSON.stringify(given)}`,
  shutdown: () => null,
};

function receive({ id, method, params }) {
  if (method === "exit") process.exit(0);
  if (method === "textDocument/didOpen") {
    const diagnostics = [{ range: { start, end: start }, code: "L0101", message: "a fault" }];
    send({ method: "textDocument/publishDiagnostics", params: { uri: params.textDocument.uri, diagnostics } });
  }
  if (id !== undefined && method !== undefined) send({ id, result: answers[method]?.(params) ?? null });
}

process.stdin.on("data", (data) => {
  input = Buffer.concat([input, data]);
  for (;;) {
    const head = input.indexOf("\r\n\r\n");
    if (head < 0) return;
    const length = Number(/content-length: *(\d+)/i.exec(input.toString("latin1", 0, head))[1]);
    if (input.length < head + 4 + length) return;
    const body = input.toString("utf8", head + 4, head + 4 + length);
    input = input.subarray(head + 4 + length);
    receive(JSON.parse(body));
  }
});
