/* global console, process */
/**
 * `npm run test:deploy`: is everything in deploy/ what the tools that read it take? Brings the tools it needs into `.tocsin/tools`,
 * by their own package registries. Where a tool cannot be had the check is not run, and that is said: it is neither passed nor failed.
 * Arguments name the checks to run; without any all are.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const TOOLS = join(ROOT, '.tocsin', 'tools');
/** What the manifests are held to: the newest Kubernetes that this package knows. */
const SCHEMAS = 'kubernetes-validate==1.37.0';
const HELM = 'helm.sh/helm/v3/cmd/helm@v3.19.0';
const KUBECONFORM = 'github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0';
const SECRETS = { POSTGRES_PASSWORD: 'checked', GRAFANA_PASSWORD: 'checked' };
/** A package's name on Debian and the program in it. */
const PROMTOOL = { deb: 'prometheus', program: 'promtool' };

class NotRun extends Error {}
class Failed extends Error {}

function run(program, args, { cwd = ROOT, env = {} } = {}) {
  try {
    return execFileSync(program, args, { cwd, env: { ...process.env, ...env }, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    throw new Failed(`${program} ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? error.message}`.trim());
  }
}

const onPath = (program) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(existsSync);

/** Fetched into our own folder; a registry that does not answer is no fault of the files. */
function fetched(what, fetch) {
  mkdirSync(TOOLS, { recursive: true });
  try {
    return fetch();
  } catch (error) {
    throw new NotRun(`${what} is not here and cannot be fetched: ${error.message.split('\n').at(-1)}`);
  }
}

/** A program of a Debian package, without installing it. */
function ofDebian({ deb, program }) {
  const found = onPath(program) ?? [join(TOOLS, deb, 'usr', 'bin', program)].find(existsSync);
  if (found) return found;
  return fetched(program, () => {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-deb-'));
    try {
      run('apt-get', ['update', '-qq']);
      run('apt-get', ['download', '-qq', deb], { cwd: folder });
      const [archive] = readdirSync(folder);
      run('dpkg', ['-x', join(folder, archive ?? ''), join(TOOLS, deb)]);
      return join(TOOLS, deb, 'usr', 'bin', program);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

/** A program that Go builds. */
function ofGo(program, source) {
  const found = onPath(program) ?? [join(TOOLS, program)].find(existsSync);
  return (
    found ?? fetched(program, () => (run('go', ['install', source], { env: { GOBIN: TOOLS } }), join(TOOLS, program)))
  );
}
const conforms = (files) =>
  run(ofGo('kubeconform', KUBECONFORM), ['-strict', '-summary', '-schema-location', kubernetesSchemas(), files]);

/** What Helm adds: which installation it is, and when an image is pulled, which Kubernetes knows by itself. */
const HELMS_OWN = ['app.kubernetes.io/instance', 'imagePullPolicy'];
function objectsIn(text) {
  const plain = (value) => {
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(([key]) => !HELMS_OWN.includes(key));
    return Object.fromEntries(entries.map(([key, of]) => [key, plain(of)]));
  };
  const objects = parseAllDocuments(text).flatMap((document) => plain(document.toJS()) ?? []);
  return new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
}

/** The shapes of Kubernetes' own kinds, as files: their usual place is a web server. */
function kubernetesSchemas() {
  const folder = join(TOOLS, 'kubernetes');
  if (!existsSync(folder))
    fetched('the schemas of Kubernetes', () => {
      const whole = mkdtempSync(join(tmpdir(), 'tocsin-kubernetes-'));
      try {
        run('python3', ['-m', 'pip', 'install', '-q', '--no-deps', '--target', whole, SCHEMAS]);
        const all = join(whole, 'kubernetes_validate', 'kubernetes-json-schema');
        const versions = readdirSync(all).filter((name) => name.endsWith('-local-strict'));
        const newest = versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1) ?? '';
        const files = readdirSync(join(all, newest));
        const half = `${folder}.half`;
        mkdirSync(half, { recursive: true });
        for (const file of files) {
          // Their names and references are addresses of a web server; beside each other they need neither.
          const schema = JSON.parse(readFileSync(join(all, newest, file), 'utf8'));
          delete schema.$id;
          const text = JSON.stringify(schema).replaceAll('"/api/_definitions.json', '"_definitions.json');
          writeFileSync(join(half, file), text);
        }
        renameSync(half, folder);
      } finally {
        rmSync(whole, { recursive: true, force: true });
      }
    });
  return join(folder, '{{ .ResourceKind }}{{ .KindSuffix }}.json');
}

const CHECKS = {
  rules: () => run(ofDebian(PROMTOOL), ['check', 'rules', 'deploy/prometheus/tocsin.rules.yml']),
  alerts: () => run(ofDebian(PROMTOOL), ['test', 'rules', 'deploy/prometheus/tocsin.rules.test.yml']),
  scrape: () => run(ofDebian(PROMTOOL), ['check', 'config', 'deploy/prometheus/prometheus.yml']),

  manifests: () => conforms(join(ROOT, 'deploy', 'kubernetes')),

  /** What Kubernetes takes, whatever is set; and with nothing set the plain manifests, object by object, but for the namespace. */
  chart: () => {
    const chart = 'deploy/helm/tocsin';
    const helm = ofGo('helm', HELM);
    run(helm, ['lint', '--strict', chart]);
    // Helm as Go builds it by itself thinks of an old Kubernetes.
    const where = ['--namespace', 'tocsin', '--kube-version', '1.31.0'];
    const rendered = (...set) => run(helm, ['template', 'tocsin', chart, ...where, ...set]);
    const everything = [
      'configuration.existing=ours,secrets.existing=ours,watch.existing=ours,gateway.keys.existing=ours',
      'publicUrl=https://desk.example.com,worker.env.TOCSIN_LOG_LEVEL=debug,gateway.env.TOCSIN_LOG_LEVEL=debug,temporal.env.TEMPORAL_TLS=true,imagePullSecrets[0].name=ours',
      'worker.volumes[0].name=tls,worker.volumes[0].secret.secretName=tls',
      'worker.volumeMounts[0].name=tls,worker.volumeMounts[0].mountPath=/tls',
    ];
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-chart-'));
    try {
      const asItIs = rendered();
      writeFileSync(join(folder, 'as-it-is.yaml'), asItIs);
      writeFileSync(join(folder, 'everything.yaml'), rendered(...everything.flatMap((set) => ['--set', set])));
      writeFileSync(
        join(folder, 'no-watch.yaml'),
        rendered('--set', 'watch.enabled=false,gateway.enabled=false,secrets.data.LEE_SECRET=x'),
      );
      conforms(folder);
      const manifests = join(ROOT, 'deploy', 'kubernetes');
      const plain = objectsIn(
        readdirSync(manifests)
          .map((name) => readFileSync(join(manifests, name), 'utf8'))
          .join('\n---\n'),
      );
      plain.delete('Namespace tocsin');
      const ours = objectsIn(asItIs);
      for (const name of new Set([...plain.keys(), ...ours.keys()]))
        if (!isDeepStrictEqual(plain.get(name), ours.get(name)))
          throw new Failed(`${name} of the chart is not that of deploy/kubernetes`);
      return '';
    } finally {
      rmSync(folder, { recursive: true });
    }
  },

  compose: () => {
    const file = 'deploy/compose/compose.yaml';
    try {
      execFileSync('docker', ['compose', 'version'], { stdio: 'ignore' });
    } catch {
      // The same library, without the plugin.
      const program = join(TOOLS, 'compose-config');
      const sources = join(ROOT, 'deploy', 'check', 'compose-config');
      if (!existsSync(program))
        fetched('docker compose', () => run('go', ['build', '-o', program, '.'], { cwd: sources }));
      return run(program, [file], { env: SECRETS });
    }
    return run('docker', ['compose', '-f', file, 'config', '--quiet'], { env: SECRETS });
  },

  units: () => {
    const program = onPath('systemd-analyze');
    if (!program) throw new NotRun('systemd-analyze is not here: apt-get install systemd');
    // The program that a unit starts must be there: it is a package's, and this machine may have it elsewhere.
    const units = readdirSync(join(ROOT, 'deploy', 'systemd')).filter((name) => name.endsWith('.service'));
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-units-'));
    try {
      const files = units.map((name) => join(folder, name));
      units.forEach((name, index) => cpSync(join(ROOT, 'deploy', 'systemd', name), files[index] ?? ''));
      if (!existsSync('/usr/bin/node'))
        files.forEach((file) => run('sed', ['-i', `s|/usr/bin/node|${process.execPath}|`, file]));
      const said = files.map((file) => run(program, ['verify', '--man=no', file])).join('');
      if (said.trim() !== '') throw new Failed(said);
      return said;
    } finally {
      rmSync(folder, { recursive: true });
    }
  },

  scripts: () => {
    for (const name of ['schema.sh', 'namespace.sh']) run('sh', ['-n', `deploy/compose/temporal/${name}`]);
    return '';
  },

  /** What the first stage of the image does, then the command from no more than what the last one copies. */
  build: () => {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-image-'));
    try {
      const [source, image] = [join(folder, 'source'), join(folder, 'image')];
      const files = run('git', ['ls-files', '-co', '--exclude-standard', '-z']).split('\0').filter(Boolean);
      for (const file of files) if (existsSync(join(ROOT, file))) cpSync(join(ROOT, file), join(source, file));
      run('npm', ['ci', '--omit=dev', '--ignore-scripts'], { cwd: source });
      run('npm', ['run', 'build'], { cwd: source });
      const copies = readFileSync(join(ROOT, 'Dockerfile'), 'utf8').matchAll(/^COPY --from=build .*$/gm);
      for (const [line] of copies) {
        const from = [...line.matchAll(/ \/app\/(\S+)/g)].map(([, path = '']) => path);
        const to = line.split(' ').at(-1) ?? '';
        for (const one of from)
          cpSync(join(source, one), join(image, to.endsWith('/') ? join(to, basename(one)) : to), { recursive: true });
      }
      const env = { NODE_ENV: 'production', TOCSIN_CONFIG: '' };
      return run(process.execPath, [join(image, 'client', 'tocsin.js'), 'policy', 'check'], { cwd: folder, env });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },

  image: () => {
    try {
      execFileSync('docker', ['info'], { stdio: 'ignore' });
    } catch {
      throw new NotRun('no Docker daemon answers here');
    }
    return run('docker', ['build', '-t', 'tocsin:checked', '.']);
  },
};

const wanted = process.argv.slice(2);
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const [name, check] of Object.entries(CHECKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    check();
    counts.passed += 1;
    console.log(`ok       ${name}`);
  } catch (error) {
    const isNotRun = error instanceof NotRun;
    counts[isNotRun ? 'skipped' : 'failed'] += 1;
    console.log(`${isNotRun ? 'NOT RUN ' : 'FAILED  '} ${name}: ${error.message}`);
  }
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
