/** A connection to Temporal that can be closed at any moment. */
import { InterceptingCall, Metadata, status, type Interceptor } from '@grpc/grpc-js';
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
 */
export function openConnection(options: ConnectionOptions): Connection {
  let isClosed = false;
  const endsWithIt: Interceptor = (call, next) => (isClosed ? endedCall() : new InterceptingCall(next(call)));
  const connection = Connection.lazy({
    ...options,
    interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions()), endsWithIt],
  });
  const close = connection.close.bind(connection);
  connection.close = async () => {
    isClosed = true;
    await close();
  };
  return connection;
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
