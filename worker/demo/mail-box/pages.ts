/** What the mail box shows in a browser: its mails, newest first, and each as a mail program shows it. Works without script. */
import type { IncomingMessage } from 'node:http';
import { Liquid } from 'liquidjs';
import type { Mail } from './mail';

interface Shown {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const STYLE = `
:root { color-scheme: light dark; --soft: #5b6573; --line: #d3d8df; }
@media (prefers-color-scheme: dark) { :root { --soft: #aab4c1; --line: #3a434f; } }
body { margin: 0 auto; max-width: 70rem; padding: 1.25rem 1rem 3rem; font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto,
  "Noto Sans", "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
.soft, time { color: var(--soft); }
time { font-variant-numeric: tabular-nums; }
ul { list-style: none; margin: 1rem 0; padding: 0; }
li { border-top: 1px solid var(--line); }
li a { display: grid; grid-template-columns: 5rem 15rem 1fr; gap: 0 1rem; padding: .6rem .25rem; color: inherit; text-decoration: none;
  overflow-wrap: anywhere; }
li a:hover, li a:focus-visible { background: color-mix(in srgb, currentColor 8%, transparent); }
li .asks { font-weight: 700; }
iframe { width: 100%; height: 30rem; border: 1px solid var(--line); border-radius: .25rem; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); border-radius: .25rem; padding: 1rem; }
@media (max-width: 40rem) { li a { grid-template-columns: 5rem 1fr; } li a .subject { grid-column: 1 / -1; } }
`;

const liquid = new Liquid({ strictVariables: true, ownPropertyOnly: true, outputEscape: 'escape' });

const page = (title: string, head: string, body: string): ReturnType<Liquid['parse']> =>
  liquid.parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${head}<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>`);

const LIST = page(
  'Mail box of the demo',
  '<meta http-equiv="refresh" content="2">\n',
  `<h1>Mail box of the demo</h1>
<p class="soft">Everybody’s mail, newest first; times are UTC. Open one and answer it.</p>
<ul>
{%- for mail in mails %}
<li><a href="/mail/{{ mail.number }}"><time>{{ mail.time }}</time> <span>{{ mail.to }}</span>
<span class="subject{% if mail.asks %} asks{% endif %}">{{ mail.subject }}</span></a></li>
{%- else %}
<li>No mail yet.</li>
{%- endfor %}
</ul>`,
);

const MAIL = page(
  '{{ mail.subject }}',
  '',
  `<p><a href="/">All mails</a></p>
<h1>{{ mail.subject }}</h1>
<p class="soft">To {{ mail.to }} · <time>{{ mail.time }}</time> UTC</p>
<iframe src="/mail/{{ mail.number }}/html" title="The mail as HTML"
 sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
<h2>The same as text</h2>
<pre>{{ mail.text }}</pre>`,
);

const NOT_FOUND = page('Not found', '', '<h1>There is no such mail.</h1><p><a href="/">All mails</a></p>');

/** A click opens the answer page beside the mail. */
const IN_A_NEW_TAB = '<base target="_blank">';

/** A mail that asks for something has a link to answer by. */
const LINK = /https?:\/\/\S+\/p\/\S+/;

const shownOf = (mail: Mail) => ({
  ...mail,
  time: mail.arrivedAt.toISOString().slice(11, 19),
  asks: LINK.test(mail.text),
});

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
};
/** Nothing runs and nothing is fetched, whatever a mail brings. */
const policy = (more = ''): Shown['headers'] => ({
  ...HEADERS,
  'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; ${more}`,
});

export function answerTo({ url = '/', method = 'GET' }: IncomingMessage, mails: readonly Mail[]): Shown {
  if (method !== 'GET' && method !== 'HEAD')
    return { status: 405, headers: { ...policy(), allow: 'GET, HEAD' }, body: '' };
  const [, number, isHtml] = /^\/mail\/(\d+)(\/html)?$/.exec(url) ?? [];
  const mail = mails.find((known) => known.number === Number(number));
  if (mail && isHtml !== undefined)
    return { status: 200, headers: policy("frame-ancestors 'self'"), body: IN_A_NEW_TAB + mail.html };
  const frames = policy("frame-src 'self'");
  if (mail) return { status: 200, headers: frames, body: render(MAIL, { mail: shownOf(mail) }) };
  if (url === '/') return { status: 200, headers: frames, body: render(LIST, { mails: mails.map(shownOf).reverse() }) };
  return { status: 404, headers: frames, body: render(NOT_FOUND, {}) };
}

const render = (template: ReturnType<Liquid['parse']>, facts: object): string =>
  liquid.renderSync(template, facts) as string;
