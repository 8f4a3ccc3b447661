/** @module `/docs`: the reference, drawn by Swagger UI, which this server sends itself: nothing comes from elsewhere. */

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { HTML_TYPE } from "../http/html.ts";
import { HttpProblem } from "../http/problem.ts";
import type { Methods } from "./resource.ts";

/** Scripts and styles come from this server; Swagger UI sets styles of elements; icons of its stylesheet are data. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Reference</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/swagger-ui.css">
</head>
<body>
<div id="reference"></div>
<noscript>The reference is drawn by a script; <a href="/openapi.json">the OpenAPI document</a> says the same.</noscript>
<script src="/assets/swagger-ui-bundle.js"></script>
<script src="/assets/reference.js"></script>
</body>
</html>
`;

const SCRIPT = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#reference", deepLinking: true, validatorUrl: null });\n`;

const TYPES: Readonly<Record<string, string>> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "reference.js": "text/javascript; charset=utf-8",
};

/** The page. */
export function docsResource(): Methods {
  const headers = { "Content-Type": `${HTML_TYPE}; charset=utf-8`, "Content-Security-Policy": POLICY };
  return { GET: (context) => context.body(PAGE, 200, headers) };
}

/** What the page loads. */
export function assetsResource(): Methods {
  const known = new Map<string, { readonly bytes: Uint8Array; readonly tag: string }>();
  return {
    GET(context) {
      const name = context.req.param("file") ?? "";
      const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
      if (type === undefined) throw new HttpProblem(404, `there is no asset '${name}'`);
      const asset = known.get(name) ?? read(name);
      known.set(name, asset);
      const headers = { ETag: asset.tag, "Cache-Control": "public, max-age=3600" };
      if (context.req.header("if-none-match") === asset.tag) return context.body(null, 304, headers);
      return context.body(asset.bytes as Uint8Array<ArrayBuffer>, 200, { ...headers, "Content-Type": type });
    },
  };
}

function read(name: string): { bytes: Uint8Array; tag: string } {
  const bytes = name === "reference.js" ? Buffer.from(SCRIPT) : readFileSync(join(swaggerFolder(), name));
  return { bytes: new Uint8Array(bytes), tag: `"${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}"` };
}

/** The build copies what the page needs beside itself; from source it comes from the package. */
function swaggerFolder(): string {
  const built = fileURLToPath(new URL("./assets/", import.meta.url));
  return existsSync(built) ? built : dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
}
