// Puts all that the extension needs to run into one folder: its files, the client and the packages that it uses as one
// script, and the licences of those packages.
//
// node bundle.js FOLDER

const fs = require("node:fs");
const path = require("node:path");
const esbuild = require("esbuild");

const FILES = ["icon.png", "language-configuration.json", "LICENSE", "README.md", "snippets", "syntaxes"];
const NOTICES = "LICENSES-OF-PACKAGES";
// Of package.json: what is for building alone stays behind.
const BUILDING = ["devDependencies", "dependencies", "scripts", "private"];

async function bundled(folder) {
  const result = await esbuild.build({
    entryPoints: [path.join(__dirname, "src", "extension.js")],
    outfile: path.join(folder, "dist", "extension.js"),
    nodePaths: (process.env.NODE_PATH ?? "").split(path.delimiter).filter(Boolean),
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode"],
    minify: true,
    legalComments: "none",
    metafile: true,
    absWorkingDir: __dirname,
    logLevel: "warning",
  });
  return Object.keys(result.metafile.inputs);
}

// The folder of the package that a file belongs to, if it belongs to one.
function packageOf(file) {
  const parts = path.resolve(__dirname, file).split(path.sep);
  const at = parts.lastIndexOf("node_modules");
  if (at < 0) return undefined;
  return parts.slice(0, at + (parts[at + 1].startsWith("@") ? 3 : 2)).join(path.sep);
}

function notice(folder) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = fs.readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (file === undefined) throw new Error(`${name} has no licence`);
  const text = fs.readFileSync(path.join(folder, file), "utf8").trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}

async function main(folder) {
  fs.mkdirSync(folder, { recursive: true });
  for (const file of FILES) fs.cpSync(path.join(__dirname, file), path.join(folder, file), { recursive: true });
  const manifest = JSON.parse(fs.readFileSync(path.join(__dirname, "package.json"), "utf8"));
  BUILDING.forEach((key) => delete manifest[key]);
  manifest.files = [...FILES, "dist", NOTICES];
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  const inputs = await bundled(folder);
  const packages = [...new Set(inputs.map(packageOf).filter((found) => found !== undefined))].sort();
  const head = "The client has these packages in it, under their licences.\n";
  fs.writeFileSync(path.join(folder, NOTICES), [head, ...packages.map(notice)].join("\n----\n\n"));
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exit(1);
});
