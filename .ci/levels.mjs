/* global console, process */
/**
 * The floors of the core: a file stands one above the highest file that it imports, by type or by value. Few floors are
 * quickly read from the bottom to the top. Ends with 1 when there are more than may be.
 */
import { cruise } from 'dependency-cruiser';

const MOST = 10;
const CORE = 'workflows/core/';

const { output } = await cruise([CORE], {
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  includeOnly: `^${CORE}`,
});
const imports = new Map(
  output.modules.map(({ source, dependencies }) => [source, dependencies.map((to) => to.resolved)]),
);
const levels = new Map();
const levelOf = (file) => {
  if (!levels.has(file)) levels.set(file, 1 + Math.max(0, ...(imports.get(file) ?? []).map(levelOf)));
  return levels.get(file);
};
for (const file of imports.keys()) levelOf(file);
const most = Math.max(...levels.values());
for (let level = most; level > 0; level--) {
  const files = [...levels].filter(([, of]) => of === level).map(([file]) => file.slice(CORE.length, -3));
  console.log(`${String(level).padStart(2)}  ${files.sort().join('  ')}`);
}
console.log(`${most} levels of imports in ${CORE}, ${MOST} at most.`);
process.exitCode = most > MOST ? 1 : 0;
