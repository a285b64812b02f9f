/** The vendors, each with its way to read saved answers and, where it has an API, to ask for them. */
import { askGoAlert, goAlertHeaders } from './goalert/live';
import { readGoAlert } from './goalert/read';
import { askGrafana, grafanaHeaders } from './grafana/live';
import { readGrafana } from './grafana/read';
import { askCalendar, calendarHeaders } from './ical/live';
import { readCalendars } from './ical/read';
import type { Export, Stretch, Vendor } from './model/export';
import type { Answer } from './model/items';
import type { Line } from './live/http';
import { askOpsgenie, opsgenieHeaders } from './opsgenie/live';
import { readOpsgenie } from './opsgenie/read';
import { askPagerDuty, pagerDutyHeaders } from './pagerduty/live';
import { readPagerDuty } from './pagerduty/read';

interface WayIn {
  /** The window is for calendars, which repeat without end. */
  readonly read: (answers: readonly Answer[], window: Stretch) => Export;
  readonly ask: (line: Line, window: Stretch) => AsyncGenerator<Answer>;
  readonly headers: (token: string) => Record<string, string>;
  /** Where their API is, if it is at one place for everybody. */
  readonly base?: string;
  /** A feed's address is its secret: no token is needed. */
  readonly isOpen?: true;
}

export const WAYS_IN: Readonly<Record<Vendor, WayIn>> = {
  pagerduty: { read: readPagerDuty, ask: askPagerDuty, headers: pagerDutyHeaders, base: 'https://api.pagerduty.com' },
  opsgenie: { read: readOpsgenie, ask: askOpsgenie, headers: opsgenieHeaders, base: 'https://api.opsgenie.com' },
  grafana: { read: readGrafana, ask: askGrafana, headers: grafanaHeaders },
  goalert: { read: readGoAlert, ask: askGoAlert, headers: goAlertHeaders },
  ical: { read: readCalendars, ask: askCalendar, headers: calendarHeaders, isOpen: true },
};
