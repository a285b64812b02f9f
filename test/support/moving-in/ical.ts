/** An account as the calendar feeds of its rotas: final shifts, as PagerDuty writes them. */
import { DateTime } from 'luxon';
import type { Account, Files } from './account';
import { spansOf, type PlainPerson } from './rota';

const utc = (at: number): string => DateTime.fromMillis(at, { zone: 'utc' }).toFormat("yyyyMMdd'T'HHmmss'Z'");

/** Lines are folded at 75 octets, an e-mail address in the middle. */
const folded = (text: string): string =>
  text.length <= 75 ? text : `${text.slice(0, 75)}\r\n ${folded(text.slice(75))}`;

export function ical({ people, rotas, from, to }: Account): Files {
  return Object.fromEntries(
    rotas.map((rota) => [
      `${rota.id}.ics`,
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Example//On call//EN',
        `X-WR-CALNAME:${rota.name}`,
        `X-WR-TIMEZONE:${rota.zone}`,
        ...spansOf(rota, from, to).flatMap((span) => {
          const { name, email } = people[span.person ?? 0] as PlainPerson;
          return [
            'BEGIN:VEVENT',
            `UID:${rota.id}-${span.from}`,
            'DTSTAMP:20261128T000000Z',
            `DTSTART:${utc(span.from)}`,
            `DTEND:${utc(span.to)}`,
            `SUMMARY:On Call - ${name} - ${rota.name}`,
            `ATTENDEE;CN="${name}":mailto:${email}`,
            'END:VEVENT',
          ];
        }),
        'END:VCALENDAR',
        '',
      ]
        .map(folded)
        .join('\r\n'),
    ]),
  );
}
