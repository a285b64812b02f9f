#!/usr/bin/env node
'use strict';
// The built command in production; from the sources otherwise, so that a clone works without a build.
const { existsSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const built = path.join(root, 'dist', 'cli', 'index.js');

if (process.env.NODE_ENV === 'production' && existsSync(built)) {
  require(built);
} else {
  require('ts-node').register({ swc: true, project: path.join(root, 'tsconfig.json') });
  require('../cli/index.ts');
}
