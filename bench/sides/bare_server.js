// A bare node:http server that parses the body and answers a fixed JSON text:
//     node bench/sides/bare_server.js PORT TEXT
import { createServer } from "node:http";

const [port, text] = process.argv.slice(2);
const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) };

createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    JSON.parse(chunks.length === 1 ? chunks[0].toString() : Buffer.concat(chunks).toString());
    response.writeHead(200, headers);
    response.end(text);
  });
}).listen(Number(port), "127.0.0.1");
