/** `tocsin test page`: a marked page that goes out for real, and what came of it, step by step. Of no case, and asking nothing. */
import { DateTime } from 'luxon';
import type { Channels } from './channels';
import { usable, type UsableChannel } from './channels/usable';
import type { OutgoingPage, SendResult } from './channels/channel';
import type { Person } from './directory/types';
import { pageOfNoCase } from './templates/no-case';
import { readingOf } from './templates/reading';

export interface TestedChannel {
  readonly channel: string;
  readonly key: string;
  readonly result: SendResult;
  readonly tookMs: number;
}

/** All channels of somebody, or the one of this name: `sms`, `webhook#2`, `teams`. */
export function channelsToTest({ channels }: Person, only?: string): UsableChannel[] {
  const all = usable(
    channels,
    channels.map(({ kind }) => kind),
  );
  return only === undefined ? all : all.filter(({ name }) => name === only);
}

export async function sendTestPage(
  person: Person,
  { channel, name }: UsableChannel,
  channels: Channels,
  cancelled: AbortSignal,
): Promise<TestedChannel> {
  const now = Date.now();
  const page = testPageTo(person, name, now);
  const result = await channels.send(page, channel, cancelled);
  return { channel: name, key: page.key, result, tookMs: Date.now() - now };
}

function testPageTo(person: Person, channel: string, now: number): OutgoingPage {
  // A number that no other test has, and that says when it was.
  const pageId = `test-${DateTime.fromMillis(now, { zone: 'utc' }).toFormat("yyyyMMdd'T'HHmmssSSS")}`;
  const { language, words } = readingOf(person);
  return pageOfNoCase({
    pageId,
    person,
    channel,
    language,
    orderedAt: now,
    state: words.page({ key: 'TEST_STATE' }),
    headline: words.page({ key: 'TEST_HEADLINE' }),
    lines: [words.page({ key: 'TEST_PAGE', name: person.name, channel })],
    audience: 'ENGINEER',
    purpose: 'TEST',
    urgent: true,
  });
}
