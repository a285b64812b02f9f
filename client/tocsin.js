#!/usr/bin/env node
'use strict';
// The built command in production and where there is nothing else, as in the installed package; otherwise the sources, so
// that a clone works without a build.
const { existsSync } = require('node:fs');
const path = require('node:path');

// Deprecated parts that a library uses are for whoever develops; whoever is on call reads one sentence (--trace-deprecation shows them).
process.noDeprecation ||= process.traceDeprecation !== true;

const root = path.resolve(__dirname, '..');
const built = path.join(root, 'dist', 'tocsin.js');
const sources = path.join(root, 'cli', 'index.ts');

if (existsSync(built) && (process.env.NODE_ENV === 'production' || !existsSync(sources))) {
  require('./compiled').run(built);
} else {
  require('ts-node').register({ swc: true, project: path.join(root, 'tsconfig.json') });
  require('../cli/index.ts');
}
