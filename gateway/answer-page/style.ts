/** How the answer page looks: readable on a phone at night, in daylight too; system fonts, nothing from anywhere else. */
import { createHash } from 'node:crypto';
import { Html } from './html';

const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #14181f; --soft: #4c5563; --line: #8a93a1;
  --have: #0b5e37; --have-ink: #fff; --alarm: #a4161a; --note: #eef1f5; }
@media (prefers-color-scheme: dark) { :root { --paper: #10141a; --ink: #f1f4f8; --soft: #b6bfcb; --line: #77818f;
  --have: #2fae6f; --have-ink: #04150c; --alarm: #ff8a85; --note: #1c232c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.5 system-ui, -apple-system, "Segoe UI",
  Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; overflow-wrap: anywhere; }
.state { margin: 0; color: var(--soft); font-weight: 600; }
.alarm .state { color: var(--alarm); }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .25rem 0 .75rem; }
p { margin: .5rem 0; }
.note { background: var(--note); padding: .75rem 1rem; border-left: .25rem solid var(--line); border-radius: .25rem; }
dl { margin: 1rem 0; display: grid; grid-template-columns: auto 1fr; gap: .25rem .75rem; }
dt { color: var(--soft); }
dd { margin: 0; }
form { margin: 1.25rem 0 0; display: grid; gap: .75rem; }
button { font: inherit; font-weight: 700; min-height: 3.25rem; width: 100%; border-radius: .5rem; padding: .5rem 1rem;
  border: 2px solid var(--line); background: transparent; color: var(--ink); cursor: pointer; }
button.have { min-height: 4.25rem; font-size: 1.25rem; background: var(--have); border-color: var(--have); color: var(--have-ink); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; }
.as { margin: 1.25rem 0 0; }
.hint { color: var(--soft); margin: -.25rem 0 0; }
a { color: inherit; font-weight: 600; display: inline-block; padding: .5rem 0; }
`;

/** Whole, because a blank more or less around it would be another hash, and the page would have no style at all. */
export const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);

/** The only style that the page may have. */
const HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/**
 * Nothing is loaded, from here or elsewhere; the form goes to this very place; nobody shows the page inside theirs, where a
 * click could be stolen; and nobody who is linked to learns the address, which is the secret.
 */
export const PAGE_HEADERS = {
  'content-security-policy': `default-src 'none'; style-src ${HASH}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
} as const;
