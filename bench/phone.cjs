/* global performance */
/** A phone in a thread of its own: one that shared the worker's would hear of a page when the worker has time, not when it comes in. */
const { createServer } = require('node:http');
const { parentPort } = require('node:worker_threads');

const server = createServer((request, response) => {
  const at = performance.timeOrigin + performance.now();
  request.resume().on('end', () => {
    response.writeHead(200).end();
    parentPort.postMessage({ at });
  });
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage({ port: server.address().port }));
