/**
 * The current details of a case for the Temporal Web UI, in Markdown: state, owner and next due first, then what runs
 * and who is being paged, then the last events. One line a fact; it fits one screen. Customer text is escaped.
 */
import { attentionOf } from './attention';
import { describe, ONLY_MOVES_PAGES } from './describe';
import { ownership } from './queries';
import { isOpen, ladderOfPage } from './ladder';
import { CLOCK_WORDS } from './promises';
import { SEVERITY_WORDS } from './severity';
import type { CaseState } from './state';
import { iso, when } from './time';

/** So that a title cannot draw a table, a link or a picture where support staff look, nor turn the line around. */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/[\\`*_[\]|<>~#!]/g, (mark) => `\\${mark}`)
    // A dash or a number makes a list only where a line begins.
    .replace(/^(\s*)([-+]|\d+[.)])/, '$1\\$2');

const clock = (at: number): string => when(iso(at));

export function detailsOf(state: CaseState): string {
  const { severity, level, emergency, status } = state;
  const attention = attentionOf(state);
  const light = attention.length > 0 ? `needs a look: **${attention.map(escapeMarkdown).join(', ')}**` : 'green';
  const words = [
    `**${severity === 0 ? 'E-Down' : `Severity ${severity}`}** (${SEVERITY_WORDS[severity]})`,
    `level **${level}**`,
    ...(emergency === 'NONE' ? [] : [`emergency **${emergency === 'ACTIVE' ? '24x7' : 'stepped down'}**`]),
    `**${status}**`,
  ].join(' · ');
  const lines = [`${words} · ${light}`, '', escapeMarkdown(ownership(state).sentence), ''];

  const running = state.clocks.map(({ kind, dueAt, breachedAt }) => `- ${breachedAt === null ? 'promised' : '**overdue**'}: ${CLOCK_WORDS[kind]} by ${clock(dueAt)}`);
  if (state.eDownRequest) running.push(`- call ${escapeMarkdown(state.eDownRequest.by)} back: E-Down attention asked for`);
  const open = state.pages
    .filter((page) => isOpen(page) && page.ladder !== null)
    .map((page) => {
      const { pageId, name, purpose, audience } = page;
      const { answerDueAt = null, ack = null } = ladderOfPage(state, page) ?? {};
      const until = ack ? `${ack.person} has it` : answerDueAt === null ? 'on its way' : `answer due ${clock(answerDueAt)}`;
      return `- page ${escapeMarkdown(pageId)} ${escapeMarkdown(purpose)} → ${escapeMarkdown(name ?? audience)}, ${escapeMarkdown(until)}`;
    });
  const shown = [...running, ...open.slice(-8)];
  if (shown.length > 0) lines.push(...shown, '');

  const last = state.tail.filter(({ type }) => !ONLY_MOVES_PAGES.test(type)).slice(-10).reverse();
  if (last.length > 0) lines.push('Last events, the newest first:', '');
  lines.push(...last.map((event) => `- \`${event.at.slice(5, 19).replace('T', ' ')}\` ${escapeMarkdown(describe(event))}`));
  return lines.join('\n');
}
