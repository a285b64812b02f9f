/** Whoever leaves while a call is being tried again leaves in order. */
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { openConnection } from '../../connection/open';

/** A server that is there, and has no time for anybody. */
async function busyServer(): Promise<{ address: string; asked: Promise<void>; calls: () => number; stop: () => void }> {
  const server = new Server();
  let calls = 0;
  const asked = new Promise<void>((resolve) => {
    server.addService(
      {
        describeNamespace: {
          path: '/temporal.api.workflowservice.v1.WorkflowService/DescribeNamespace',
          requestStream: false,
          responseStream: false,
          requestSerialize: (value: Buffer) => value,
          requestDeserialize: (bytes) => bytes,
          responseSerialize: (value: Buffer) => value,
          responseDeserialize: (bytes) => bytes,
        },
      },
      {
        describeNamespace: (_call: unknown, answer: (refusal: { code: number; details: string }) => void) => {
          calls += 1;
          answer({ code: status.UNAVAILABLE, details: 'no time' });
          resolve();
        },
      },
    );
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return { address: `127.0.0.1:${port}`, asked, calls: () => calls, stop: () => server.forceShutdown() };
}

test('a connection closed while a call waits to be tried again: the call ends, and nothing is thrown out of a timer', async () => {
  const server = await busyServer();
  const connection = openConnection({ address: server.address });
  try {
    const describe = () => connection.workflowService.describeNamespace({ namespace: 'default' });
    const call = expect(describe()).rejects.toMatchObject({ code: status.CANCELLED });
    await server.asked;
    await connection.close();
    await call;
    // A call that begins later is refused in the same way.
    await expect(describe()).rejects.toMatchObject({ code: status.CANCELLED, details: 'the connection was closed' });
    expect(server.calls()).toBe(1);
  } finally {
    server.stop();
  }
});
