/** Help for each command of a case, from the table itself: what it shows can be typed, and is accepted. */
import { commandHelp } from '../../cli/command-help';
import { renderCommandHelp } from '../../cli/render/command-help';
import { cells, painter } from '../../cli/render/text';
import { commandSchemas } from '../../client/schemas';
import { commands } from '../../workflows/core/commands';
import { COMMANDS } from '../../workflows/core/language/inputs';
import type { Problem } from '../../workflows/core/language/shape';
import { policyFrom } from '../../worker/config';
import { typed } from '../support/typed';

const screen = { now: 0, paint: painter(false), width: 80 };
const policy = policyFrom({ hotline: '+1 555 0100' });

describe.each(COMMANDS.map((name) => [name]))('%s', (name) => {
  const help = commandHelp(name);
  const lines = renderCommandHelp(help, screen).split('\n');

  test('says what it is, and each field that its schema has', () => {
    const fields = Object.keys(commandSchemas[name].shape);
    for (const field of fields) expect(lines.some((line) => line.trim().startsWith(`${field} `))).toBe(true);
    expect(help.says).toMatch(/[.”"]$/);
  });

  test('its example is accepted, by the case and by the schema, of a role that may', () => {
    const example: Record<string, unknown> = { ...help.example, ...(name === 'adoptPolicy' && { policy }) };
    const problems: Problem[] = [];
    commands[name].shape.check(example, '', problems);
    expect(problems).toEqual([]);
    expect(commandSchemas[name].safeParse(example).error).toBeUndefined();
    const { roles, byDefault } = commands[name];
    if (help.example.role !== undefined) expect(roles).toContain(help.example.role);
    // Without a role: one only is allowed, or what they are asked says who they are.
    else expect(byDefault !== undefined || name === 'acknowledge' || name === 'decline').toBe(true);
  });

  test('fits 80 columns, but for what is copied', () => {
    const copied = (line: string): boolean => /^ {2}(tocsin |\{)/.test(line);
    for (const line of lines.filter((one) => !copied(one))) expect(cells(line)).toBeLessThanOrEqual(80);
  });
});

test('help leads to every command of the shell and of a case', async () => {
  expect((await typed(['help'])).out).toMatch(/tocsin help commands/);
  expect((await typed(['help', 'case', 'list'])).out).toMatch(/--emergency/);
  expect((await typed(['help', 'commands'])).out.match(/^ {2}\w/gm)).toHaveLength(COMMANDS.length);
  expect((await typed(['help', 'recordprogress'])).out).toMatch(/substantive +true \| false/);
  expect((await typed(['case', 'do', 'C1234567', 'handOver', '--help'])).out).toMatch(/nextStep/);
  expect(JSON.parse((await typed(['help', 'decline', '--json'])).out)).toMatchObject({
    name: 'decline',
    whenClosed: true,
  });
});

test('every sub-command says that it answers in JSON, and where the server is', async () => {
  expect((await typed(['case', 'show', '--help'])).out).toMatch(/--json[\s\S]*--address[\s\S]*--deadline/);
});

test.each([
  [['help', 'recordProgres'], /Did you mean recordProgress\?/],
  [['case', 'do', 'C1234567', 'acknowlege'], /Did you mean acknowledge\?/],
  [['help', 'qwertyuiop'], /There is no command "qwertyuiop"\.\n/],
])('a slip of the hand is told what was meant, and not all there is: %j', async (argv, sentence) => {
  const { exitCode, err } = await typed(argv);
  expect(exitCode).toBe(2);
  expect(err).toMatch(sentence);
  expect(err.split('\n').length).toBeLessThanOrEqual(2);
});
