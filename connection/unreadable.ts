/** A file that the connection is configured with and that cannot be read: named with the variable that names it. */

const TOML = 'temporal.toml';
/** Each may stand there as well, where it is called otherwise. */
const VARIABLES = [
  'TEMPORAL_CONFIG_FILE',
  'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
  'TEMPORAL_TLS_CLIENT_CERT_PATH',
  'TEMPORAL_TLS_CLIENT_KEY_PATH',
] as const;

/** A sentence; nothing where it was not a file. */
export function unreadableFile(error: unknown): string | undefined {
  const { path, code, message } = error as NodeJS.ErrnoException;
  if (path === undefined) return undefined;
  const named = VARIABLES.find((variable) => process.env[variable] === path);
  const why = code === 'ENOENT' ? 'there is no such file' : message.replace(/, \w+( '[^']*')?$/, '');
  if (named === undefined && path.endsWith(TOML)) return `${path} cannot be read: ${why}.`;
  return `${named ?? TOML} names ${path}, which cannot be read: ${why}.`;
}
