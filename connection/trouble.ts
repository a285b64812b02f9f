/**
 * Why there is no connection to Temporal. gRPC says "failed to connect before the deadline" for a wrong CA, a missing
 * certificate and a server that is off alike; each has another way out, so the handshake is tried once more, by hand, and
 * what it fails with is named.
 */
import { connect as connectTcp, isIP } from 'node:net';
import {
  checkServerIdentity,
  connect as connectTls,
  createSecureContext,
  type ConnectionOptions as Tls,
} from 'node:tls';

/** As Temporal's clients take it. */
export interface Access {
  readonly address: string;
  readonly tls?: boolean | null | TlsSettings;
  readonly apiKey?: unknown;
}

interface TlsSettings {
  readonly serverNameOverride?: string;
  readonly serverRootCACertificate?: Uint8Array;
  readonly clientCertPair?: { readonly crt: Uint8Array; readonly key: Uint8Array };
}

const HANDSHAKE_MS = 3_000;
/** TLS 1.3 asks for a client's certificate after the client thinks that it is in: the refusal comes a moment later. */
const REFUSAL_MS = 300;

/** A sentence that names the mistake and the way out; nothing when the server is simply not there, or nothing is wrong. */
export async function tlsMistake({ address, tls, apiKey }: Access): Promise<string | undefined> {
  const place = placeOf(address);
  if (!place) return undefined;
  // An API key goes over TLS only.
  const settings = typeof tls === 'object' && tls !== null ? tls : {};
  const wantsTls = tls !== false && (Boolean(tls) || apiKey !== undefined);
  if (!wantsTls) return plainToTls(place, address);
  const wrongPair = pairMistake(settings);
  if (wrongPair !== undefined) return wrongPair;
  const failure = await handshake(place, settings);
  return failure && sentenceOf(failure, { address, place, settings, speaksPlain: await speaksPlain(place) });
}

interface Place {
  readonly host: string;
  readonly port: number;
}

function placeOf(address: string): Place | undefined {
  const url = `http://${address}`;
  if (!URL.canParse(url)) return undefined;
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || 7233 };
}

/** Somebody who waits for a handshake and is spoken to in plain text. */
async function plainToTls(place: Place, address: string): Promise<string | undefined> {
  const isTls = await new Promise<boolean>((resolve) => {
    const socket = connectTls({ ...place, rejectUnauthorized: false, timeout: HANDSHAKE_MS, ...serverName(place, {}) });
    const end = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('secureConnect', end(true)).once('timeout', end(false));
    // An alert is an answer of TLS too: it wants a certificate, say.
    socket.once('error', (error: Failure) => end(error.code?.includes('ALERT') === true)());
  });
  return isTls
    ? `The server at ${address} speaks TLS, and this side does not: set TEMPORAL_TLS=true ` +
        '(with TEMPORAL_TLS_SERVER_CA_CERT_PATH where its CA is your own).'
    : undefined;
}

const PAIR = 'TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH';

function pairMistake({ clientCertPair }: TlsSettings): string | undefined {
  if (!clientCertPair) return undefined;
  try {
    createSecureContext({ cert: Buffer.from(clientCertPair.crt), key: Buffer.from(clientCertPair.key) });
    return undefined;
  } catch (error) {
    const { code = '', message } = error as Failure;
    return code.includes('KEY_VALUES_MISMATCH')
      ? `The client certificate and its key do not belong together: set ${PAIR} to a pair.`
      : `The client certificate or its key cannot be read (${message}): ${PAIR} must name PEM files.`;
  }
}

type Failure = Error & { readonly code?: string; readonly reason?: string };

/** Asked for by its name. An address is none, and Node warns whoever asks for one: the certificate is held against it all the same. */
function serverName(
  { host }: Place,
  { serverNameOverride: given }: TlsSettings,
): Pick<Tls, 'servername' | 'checkServerIdentity'> {
  const name = given ?? host;
  if (!isIP(name)) return { servername: name };
  return { servername: '', checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate) };
}

/** What the handshake fails with, until the server has said a word of HTTP/2; nothing when it has, or when it says nothing. */
function handshake(place: Place, settings: TlsSettings): Promise<Failure | undefined> {
  return new Promise((resolve) => {
    const { serverRootCACertificate: ca, clientCertPair: pair } = settings;
    const socket = connectTls({
      ...place,
      ...serverName(place, settings),
      ...(ca && { ca: Buffer.from(ca) }),
      ...(pair && { cert: Buffer.from(pair.crt), key: Buffer.from(pair.key) }),
      ALPNProtocols: ['h2'],
    });
    const end = (failure?: Failure): void => {
      clearTimeout(late);
      socket.destroy();
      resolve(failure);
    };
    let late = setTimeout(() => end(), HANDSHAKE_MS);
    let isIn = false;
    let isSpokenTo = false;
    socket.once('secureConnect', () => {
      isIn = true;
      socket.write(GREETING);
    });
    socket.once('data', () => {
      isSpokenTo = true;
      clearTimeout(late);
      late = setTimeout(() => end(), REFUSAL_MS);
    });
    const turnedAway = (): Failure => Object.assign(new Error('closed'), { code: TURNED_AWAY });
    socket.once('error', (error: Failure) => end(isIn && error.code === 'ECONNRESET' ? turnedAway() : error));
    socket.once('close', () => end(isIn && !isSpokenTo ? turnedAway() : undefined));
  });
}

/** Let in and shown the door without a word: how some servers refuse a client's certificate. */
const TURNED_AWAY = 'TURNED_AWAY';

/** A server that takes the connection and answers a greeting of HTTP/2 without TLS. */
function speaksPlain({ host, port }: Place): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp({ host, port, timeout: HANDSHAKE_MS });
    const end = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write(GREETING));
    // A frame of settings: its type is the fourth byte. TLS would answer with an alert, which is no frame.
    socket.once('data', (data) => end(data[3] === SETTINGS)());
    socket.once('timeout', end(false)).once('error', end(false)).once('close', end(false));
  });
}

const SETTINGS = 4;
const GREETING = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Buffer.from([0, 0, 0, SETTINGS, 0, 0, 0, 0, 0]),
]);

interface Circumstances {
  readonly address: string;
  readonly place: Place;
  readonly settings: TlsSettings;
  readonly speaksPlain: boolean;
}

function sentenceOf(failure: Failure, circumstances: Circumstances): string | undefined {
  const { address, place, settings, speaksPlain: isPlain } = circumstances;
  const code = failure.code ?? '';
  const hasCertificate = settings.clientCertPair !== undefined;
  if (isPlain)
    return (
      `The server at ${address} speaks plain text, and this side TLS: ` +
      'unset TEMPORAL_TLS and the certificates, or set TEMPORAL_TLS=false.'
    );
  if (UNKNOWN_CA.has(code)) {
    const signer = settings.serverRootCACertificate ? 'the CA that is configured' : 'a public CA';
    const wayOut = 'set TEMPORAL_TLS_SERVER_CA_CERT_PATH to the CA of that server.';
    return `The certificate of ${address} was not signed by ${signer} (${code}): ${wayOut}`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const name = settings.serverNameOverride ?? place.host;
    return `The certificate of ${address} is for another name than ${name}: set TEMPORAL_TLS_SERVER_NAME to the name in it.`;
  }
  if (code === 'CERT_HAS_EXPIRED') return `The certificate of ${address} has expired: it has to be renewed there.`;
  if (code === 'CERT_NOT_YET_VALID')
    return `The certificate of ${address} is not valid yet: is the clock of this machine right?`;
  if (/CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE/.test(code) && !hasCertificate)
    return `The server at ${address} wants a client certificate and was shown none: set ${PAIR}.`;
  if (/EXPIRED/.test(code)) return `The server at ${address} says that the client certificate has expired: renew it.`;
  if (/ALERT/.test(code) && hasCertificate)
    return `The server at ${address} does not accept the client certificate (${code.replace(/^ERR_SSL_/, '')}): it must be signed by the CA that the server trusts for clients.`;
  if (code === TURNED_AWAY)
    return hasCertificate
      ? `The server at ${address} ends the connection as soon as it has seen the client certificate: it must be signed by the CA that the server trusts for clients.`
      : `The server at ${address} ends the connection as soon as TLS stands: it may want a client certificate (TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH).`;
  // Its first word was none of TLS, and it did not understand a greeting in plain text either: a web server, say.
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER')
    return `What answers at ${address} is no Temporal server, and speaks no TLS: set TEMPORAL_ADDRESS to the server's own port (7233, not that of a web page).`;
  if (/SSL|TLS|EPROTO/.test(code)) return `TLS with ${address} fails (${code}): ${failure.message.replace(/\.$/, '')}.`;
  return undefined;
}

const UNKNOWN_CA: ReadonlySet<string> = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
]);
