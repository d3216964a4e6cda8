// What a page pays for the SDK: the entry point and all it imports, minified and gzipped.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const LIMIT = 10_000;
const options = { bundle: true, minify: true, format: "esm", target: "es2022", write: false, external: ["zod"] };
for (const entry of ["index", "copilot"]) {
  const { outputFiles } = await build({ ...options, entryPoints: [`src/${entry}.ts`] });
  const gzipped = gzipSync(outputFiles[0].contents, { level: 9 }).length;
  console.log(`${entry}: ${outputFiles[0].contents.length} bytes minified, ${gzipped} gzipped`);
  if (entry === "index" && gzipped > LIMIT) {
    console.error(`index is over its limit of ${LIMIT} bytes`);
    process.exitCode = 1;
  }
}
