// How long hiding secrets in 10,000 lines takes with 50 secrets, beside searching each line for one spelling after another.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { build } from "esbuild";
import { median, printRatio } from "./compare.mjs";

const rounds = 9;
const lineCount = 10_000;
const secretCount = 50;

export async function measureRedact() {
  const { createRedactor, formsOf } = await loadSources();
  const lines = Array.from(
    { length: lineCount },
    (_, index) => `[kubelet-start] Writing kubelet configuration to file "/var/lib/kubelet/config.yaml" (${index})`,
  );
  for (const [kind, make] of [
    ["passwords", () => randomBytes(12).toString("base64")],
    ["private keys", privateKey],
  ]) {
    const forms = Array.from({ length: secretCount }, make).flatMap((value) => formsOf(value, "value"));
    const redactor = createRedactor("[secret]");
    for (const form of forms) redactor.add(form);
    const oneByOne = (line) => forms.reduce((text, { text: form }) => text.replaceAll(form, "[secret]"), line);
    const times = { ours: [], theirs: [] };
    for (let round = 0; round < rounds; round++) {
      times.ours.push(time(lines, redactor.redact));
      times.theirs.push(time(lines, oneByOne));
    }
    printRatio({
      name: `${lineCount} lines with ${secretCount} ${kind}`,
      ours: median(times.ours),
      theirs: median(times.theirs),
      baseline: `one search for each of ${forms.length} spellings`,
      goal: 1,
    });
  }
}

function privateKey() {
  return generateKeyPairSync("ed25519", {
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }).privateKey;
}

/** Milliseconds of processor time, which a busy machine does not stretch. */
function time(lines, redact) {
  const started = process.cpuUsage();
  for (const line of lines) if (redact(line) !== line) throw new Error(`There is no secret in ${line}`);
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

async function loadSources() {
  const { outputFiles } = await build({
    stdin: {
      contents: 'export * from "./src/engine/redactor.ts"; export * from "./src/engine/secret-forms.ts";',
      resolveDir: ".",
    },
    ...{ bundle: true, format: "esm", platform: "node", write: false },
  });
  const [{ contents }] = outputFiles;
  return import(`data:text/javascript;base64,${Buffer.from(contents).toString("base64")}`);
}
