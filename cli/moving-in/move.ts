/** An export of any vendor, written as the files of a configuration folder. */
import { ConfigError, parseDirectory, parsePolicy } from '../../worker/config';
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

/** Whatever a vendor holds, the files are what a worker can start with, or the report says what stands in the way. */
function tellMistakes(file: string, parse: () => unknown, report: Report): void {
  try {
    parse();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const { line, path, problem } of error.problems)
      report.add(file, path, 'MISSING', `Line ${line} has to be put right before a worker takes it: ${problem}.`);
  }
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
  tellMistakes('directory.yaml', () => parseDirectory(directory, 'directory.yaml', {}), report);
  tellMistakes('policy.yaml', () => parsePolicy(policy, 'policy.yaml'), report);
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
