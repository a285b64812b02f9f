/** Instants on somebody's own clock, with the zone named: at night nobody should have to reckon. */
import { DateTime } from 'luxon';
import type { When } from './words';

export const whenOf =
  (timezone: string, language: string): When =>
  (instant) => {
    const at = DateTime.fromISO(instant, { zone: timezone }).setLocale(language);
    const known = at.isValid ? at : DateTime.fromISO(instant, { zone: 'UTC' }).setLocale(language);
    return known.toLocaleString({
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    });
  };
