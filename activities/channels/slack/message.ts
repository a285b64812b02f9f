/** What a page looks like in Slack. */
import type { KnownBlock } from '@slack/web-api';
import { tokenOf, type OutgoingPage, type SettledPage } from '../channel';
import type { Texts } from '../../texts/texts';
import { mrkdwn } from './mrkdwn';

/** Slack refuses a section of more than 3,000 characters, and escaping makes text longer. */
const SECTION = 2_800;

export interface SlackMessage {
  /** Shown in notifications, and where blocks cannot be. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

export function messageOf(page: OutgoingPage, texts: Texts): SlackMessage {
  const [first = '', ...rest] = page.parts.lines;
  const title = mrkdwn(texts.subject(page));
  const token = tokenOf(page);
  return {
    text: title,
    blocks: [
      section(`*${title}*\n${mrkdwn(first)}`),
      ...(rest.length > 0 ? [section(mrkdwn(rest.join('\n')))] : []),
      ...(token !== undefined && page.ackUrl !== undefined
        ? [
            {
              type: 'actions' as const,
              block_id: 'answer',
              elements: [
                button('have', texts.label(page, 'HAVE_IT'), token, 'primary'),
                button('cannot', texts.label(page, 'CANNOT'), token),
              ],
            },
            // Without a way back from Slack to us the buttons do nothing, and the link still does.
            { type: 'context' as const, elements: [{ type: 'mrkdwn' as const, text: `<${page.ackUrl}>` }] },
          ]
        : []),
    ],
  };
}

/** What takes the buttons' place. */
export function settledMessage({ outcome, by }: SettledPage, words: { readonly settled: string }): SlackMessage {
  const text = mrkdwn(words.settled);
  return {
    text,
    blocks: [section(`${outcome === 'ANSWERED' && by !== undefined ? ':white_check_mark: ' : ''}${text}`)],
  };
}

const section = (text: string): KnownBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: cut(text), verbatim: true },
});

/** Never in the middle of a character, nor of an escape. */
const cut = (text: string): string =>
  text.length <= SECTION ? text : `${text.slice(0, SECTION).replace(/&[a-z]*$|[\ud800-\udbff]$/, '')}…`;

const button = (action: string, label: string, value: string, style?: 'primary') => ({
  type: 'button' as const,
  action_id: action,
  text: { type: 'plain_text' as const, text: label },
  value,
  ...(style && { style }),
});
