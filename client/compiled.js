'use strict';
// Runs one script from the machine code that V8 made of it last time: the shell is three megabytes, and to compile them takes
// longer than to ask a case. Whatever goes wrong with what is kept, the script runs; it only starts slower.
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { homedir } = require('node:os');
const path = require('node:path');
const vm = require('node:vm');

/** In a folder of the user's own: whoever could write there what we run could be this user. */
const folder = () => path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'tocsin');

/**
 * V8 knows by itself whether it made this, and for sources of this length; of which sources, the name has to say. A file for
 * each command, because what one calls is not what another does.
 */
function keptAs(script) {
  const { mtimeMs, size } = statSync(script);
  const command = process.argv.slice(2).find((word) => /^[a-z]{2,12}$/.test(word)) ?? 'none';
  return `${process.version}-${process.arch}-${Math.round(mtimeMs)}-${size}-${command}.code`;
}

function kept(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** What other builds have left behind goes: it is of no use, and some megabytes each. */
function keep(file, code) {
  try {
    const within = path.dirname(file);
    mkdirSync(within, { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.${process.pid}`, code, { mode: 0o600 });
    renameSync(`${file}.${process.pid}`, file);
    const ofThisBuild = path.basename(file).replace(/[^-]+$/, '');
    for (const name of readdirSync(within)) {
      if (name.endsWith('.code') && !name.startsWith(ofThisBuild)) rmSync(path.join(within, name), { force: true });
    }
  } catch {
    // A home that cannot be written to, as in a container: there is nothing to keep it in.
  }
}

/** As `require(script)` would, which cannot be given compiled code. */
exports.run = (script) => {
  const file = path.join(folder(), keptAs(script));
  const cachedData = kept(file);
  const compiled = new vm.Script(Module.wrap(readFileSync(script, 'utf8')), {
    filename: script,
    cachedData,
    importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module_ = new Module(script, module.parent);
  module_.filename = script;
  compiled.runInThisContext()(module_.exports, Module.createRequire(script), module_, script, path.dirname(script));
  if (cachedData !== undefined && !compiled.cachedDataRejected) return;
  // At the end, when V8 has also compiled whatever was called; of a command that does not exist there is nothing to keep.
  process.once('exit', (exitCode) => {
    if (exitCode !== 2) keep(file, compiled.createCachedData());
  });
};
