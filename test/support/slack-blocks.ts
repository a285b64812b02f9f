/**
 * Slack's blocks as HTML, as far as pages use them: an honest likeness to look at, made from the payload alone. What it does not
 * know it refuses, so that a block that nobody has looked at is no picture.
 */
import type { KnownBlock } from '@slack/web-api';

const escaped = (text: string): string =>
  text.replace(/[<>"]/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

/** What mrkdwn of ours has: bold, links, an emoji, line ends. Entities are Slack's own escapes, and HTML's too. */
const mrkdwn = (text: string): string =>
  text
    .split(/(<https?:[^>|]+>)/)
    .map((part, index) =>
      index % 2 === 1 ? `<a href="${escaped(part.slice(1, -1))}">${escaped(part.slice(1, -1))}</a>` : escaped(part),
    )
    .join('')
    .replace(/\*([^*\n]+)\*/g, '<b>$1</b>')
    .replaceAll(':white_check_mark:', '✅')
    .replaceAll('\n', '<br>');

function blockOf(block: KnownBlock): string {
  if (block.type === 'section' && block.text) return `<p>${mrkdwn(block.text.text)}</p>`;
  if (block.type === 'context')
    return `<p class="context">${block.elements.map((element) => ('text' in element ? mrkdwn(element.text) : '')).join(' ')}</p>`;
  if (block.type === 'actions') {
    const buttons = block.elements.map((element) => {
      if (element.type !== 'button') throw new Error(`no likeness of ${element.type}`);
      return `<button class="${element.style ?? ''}">${escaped(element.text.text)}</button>`;
    });
    return `<p>${buttons.join(' ')}</p>`;
  }
  throw new Error(`no likeness of ${block.type}`);
}

const STYLE = `body { font: 15px/1.47 Lato, "Noto Sans", "Noto Sans CJK SC", sans-serif; color: #1d1c1d; margin: 16px; max-width: 640px; }
p { margin: 0 0 8px; overflow-wrap: anywhere; } .context { color: #616061; font-size: 12px; } a { color: #1264a3; }
.who { font-weight: 900; } .who span { font-weight: 400; color: #616061; font-size: 12px; background: #e8e8e8; padding: 0 4px; }
button { font: inherit; font-weight: 700; background: #fff; border: 1px solid #bbb; border-radius: 4px; padding: 4px 12px; margin-right: 4px; }
button.primary { background: #007a5a; border-color: #007a5a; color: #fff; }`;

export const slackLikeness = (blocks: readonly KnownBlock[]): string =>
  `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><main><p class="who">Tocsin <span>APP</span></p>${blocks
    .map(blockOf)
    .join('')}</main>`;
