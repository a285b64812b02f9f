/** A connection to Temporal that can be closed at any moment. */
import type { Socket } from 'node:net';
import { InterceptingCall, Metadata, status, type ChannelCredentials, type Interceptor } from '@grpc/grpc-js';
import {
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  type ConnectionOptions,
} from '@temporalio/client';

/**
 * Connects with the first call. What cannot even be tried, such as a key that is none, is thrown at once.
 *
 * A call that was refused is tried again after a pause. Closed within that pause, Temporal's own connection throws out of a
 * timer, where nobody can catch it, and the process dies: a service that only wanted to leave. Here the call ends.
 *
 * gRPC waits for an answer to its handshake for as long as the other side is silent, closed or not, and a service that wants to
 * leave could not. Here the socket ends with the connection.
 */
export function openConnection(options: ConnectionOptions): Connection {
  let isClosed = false;
  const endsWithIt: Interceptor = (call, next) => (isClosed ? endedCall() : new InterceptingCall(next(call)));
  const connection = Connection.lazy({
    ...options,
    interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions()), endsWithIt],
  });
  const endHandshakes = handshakesOf(connection.options.credentials);
  const close = connection.close.bind(connection);
  connection.close = async () => {
    isClosed = true;
    await close();
    endHandshakes();
  };
  return connection;
}

/** Keeps the sockets whose handshake is not over. What is given back ends them, and each that comes later. */
function handshakesOf(credentials: ChannelCredentials): () => void {
  const waiting = new Set<Socket>();
  let isOver = false;
  // gRPC's own, and no promise of theirs: without it such a socket stays until the other side ends it.
  const { _createSecureConnector: make } = credentials as Partial<ChannelCredentials>;
  if (!make) return () => undefined;
  const connector = make.bind(credentials);
  credentials._createSecureConnector = (...how) => {
    const made = connector(...how);
    const shake = made.connect.bind(made);
    made.connect = async (socket) => {
      if (isOver) socket.destroy();
      waiting.add(socket);
      try {
        return await shake(socket);
      } finally {
        waiting.delete(socket);
      }
    };
    return made;
  };
  return () => {
    isOver = true;
    for (const socket of waiting) socket.destroy();
  };
}

/** Reaches no server: it is over when it begins. */
function endedCall(): InterceptingCall {
  const nothing = (): void => undefined;
  return new InterceptingCall({
    start: (_, listener) => {
      listener?.onReceiveMessage?.(null);
      const details = 'the connection was closed';
      listener?.onReceiveStatus?.({ code: status.CANCELLED, details, metadata: new Metadata() });
    },
    cancelWithStatus: nothing,
    sendMessage: nothing,
    sendMessageWithContext: nothing,
    startRead: nothing,
    halfClose: nothing,
    getPeer: () => '',
    getAuthContext: () => null,
  });
}
