/** An export of any vendor, written as the files of a configuration folder (contract, 11). */
import type { Export, ReportLine, TheirSchedule } from './model/export';
import { Report } from './model/report';
import { directoryText } from './writing/directory-yaml';
import { People } from './writing/people';
import { policyText } from './writing/policy-yaml';
import { reportText } from './writing/report-md';
import { teamName, teamsOf } from './writing/teams';

export interface Moved {
  /** By their name in the folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly lines: readonly ReportLine[];
  readonly people: number;
  readonly teams: readonly string[];
}

const NAMES = {
  pagerduty: 'PagerDuty',
  opsgenie: 'Opsgenie',
  grafana: 'Grafana OnCall',
  goalert: 'GoAlert',
  ical: 'calendars',
} as const;

/** Whoever is asked first there comes first here: teams stand in the order of the steps that name them. */
function inOrder({ schedules, policies }: Export): TheirSchedule[] {
  const steps = policies.flatMap(({ steps: all }) => all.map(({ targets }, step) => ({ step, targets })));
  const first = ({ id }: TheirSchedule): number =>
    Math.min(
      ...steps.filter(({ targets }) => targets.some((target) => target.id === id)).map(({ step }) => step),
      Infinity,
    );
  return schedules
    .map((schedule) => ({ schedule, step: first(schedule) }))
    .sort((a, b) => (a.step === b.step ? 0 : a.step - b.step))
    .map(({ schedule }) => schedule);
}

export function move(from: Export, now: number): Moved {
  const report = new Report();
  const people = new People(from);
  const teams = inOrder(from).flatMap((schedule) =>
    teamsOf(schedule, teamName(schedule, from.schedules), { people, now, report }),
  );
  const source = `${NAMES[from.vendor]} on ${new Date(now).toISOString().slice(0, 10)}`;
  const directory = directoryText(people, teams, source, report);
  const policy = policyText(from.policies, source, report);
  report.take(from.lines);
  return {
    files: {
      'directory.yaml': directory,
      'policy.yaml': policy,
      'report.md': reportText(report.lines, source),
      'report.json': `${JSON.stringify(report.lines, null, 2)}\n`,
    },
    lines: report.lines,
    people: people.all.length,
    teams: teams.map(({ yaml }) => yaml.team),
  };
}
