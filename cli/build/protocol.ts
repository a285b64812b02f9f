/**
 * Temporal's protocol without the parts that no case needs: its cloud's administration, and what a worker says to its core. They are
 * a third of it, and all of it is read whenever the shell starts.
 */
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import type { Plugin } from 'esbuild';

interface Namespace {
  readonly nested?: Record<string, Namespace>;
}

const NOT_NEEDED = [['coresdk'], ['temporal', 'api', 'cloud']];

/** Of a module that hands its description to `addJSON`: the description. */
function described(source: string): Record<string, Namespace> {
  let description: Record<string, Namespace> | undefined;
  class Root {
    addJSON(nested: Record<string, Namespace>): this {
      description = nested;
      return this;
    }
  }
  runInNewContext(source, { require: () => ({ roots: {}, Root }), module: {} });
  if (description === undefined)
    throw new Error("Temporal's protocol is not described as it was: see cli/build/protocol.ts");
  return description;
}

function without(
  description: Record<string, Namespace>,
  [name = '', ...inner]: readonly string[],
): Record<string, Namespace> {
  const { [name]: found, ...others } = description;
  if (found === undefined || inner.length === 0) return others;
  return { ...others, [name]: { ...found, nested: without(found.nested ?? {}, inner) } };
}

export const onlyWhatACaseNeeds: Plugin = {
  name: 'only-what-a-case-needs',
  setup(build) {
    build.onLoad({ filter: /@temporalio[\\/]proto[\\/]protos[\\/]json-module\.js$/ }, ({ path }) => {
      const kept = NOT_NEEDED.reduce(without, described(readFileSync(path, 'utf8')));
      // As text: V8 reads JSON faster than a program.
      return {
        contents: `const { roots, Root } = require('protobufjs/light');
module.exports = (roots['__temporal'] ??= new Root()).addJSON(JSON.parse(${JSON.stringify(JSON.stringify(kept))}));`,
      };
    });
  },
};
