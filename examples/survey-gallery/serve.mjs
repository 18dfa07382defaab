import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

const PORT = Number(process.env.PORT ?? 4710);
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};
/** What the page is made of: itself, the built widget, the built catalogues of words. */
const FOLDERS = [
  ["/widget/", new URL("../../widget/dist/browser/", import.meta.url)],
  ["/messages/", new URL("../../protocol/dist/messages/", import.meta.url)],
  ["/", new URL("./", import.meta.url)],
];
/** As strict as a page can be: the widget needs no exception from it. */
const POLICY =
  "default-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/** The file behind a path; null where it would lead out of its folder. */
function findFile(path) {
  const [prefix, folder] = FOLDERS.find(([start]) => path.startsWith(start));
  const file = new URL(`.${path.slice(prefix.length - 1)}`, folder);
  return file.href.startsWith(folder.href) ? file : null;
}

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const file = findFile(pathname === "/" ? "/index.html" : pathname);
  const type = TYPES[extname(pathname === "/" ? ".html" : pathname)] ?? TYPES[".html"];
  try {
    const body = await readFile(fileURLToPath(file));
    response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(body);
  } catch {
    response
      .writeHead(404, { "content-type": "text/plain" })
      .end("Not found. Is it built? npm run build\n");
  }
});

server.listen(PORT, "127.0.0.1", () => {
  console.log(`Survey gallery: http://127.0.0.1:${server.address().port}/`);
});
