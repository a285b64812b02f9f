/** What a dialog of the Web UI says of a message is enough to send it, and is made from the commands' own table. */
import { commandSchemas } from '../../client/schemas';
import { commands } from '../../workflows/core/commands';
import { COMMANDS } from '../../workflows/core/language/inputs';
import type { Problem } from '../../workflows/core/language/shape';
import { ROLES } from '../../workflows/core/language/vocabulary';
import { described } from '../../workflows/core/words/described';
import { policyFrom } from '../../worker/config';

describe.each(COMMANDS.map((name) => [name]))('%s', (name) => {
  const said = described[name];

  test('has JSON that can be copied, and that the case takes', () => {
    const [, json = ''] = /Shortest: (\{.*\})/.exec(said) ?? [];
    const message: Record<string, unknown> = JSON.parse(json) as Record<string, unknown>;
    if (name === 'adoptPolicy') message['policy'] = policyFrom({ hotline: '+1 555 0100' });
    const problems: Problem[] = [];
    commands[name].shape.check(message, '', problems);
    expect(problems).toEqual([]);
    expect(commandSchemas[name].safeParse(message).error).toBeUndefined();
  });

  test('says what it is for, and exactly who may send it', () => {
    const [, who = ''] = / Who: ([^.]+)\. /.exec(said) ?? [];
    const [roles = '', leftOut] = who.split('; ');
    const allowed = roles === 'everybody' ? [...ROLES] : roles.split(', ');
    expect(allowed).toEqual([...commands[name].roles]);
    const without: Problem[] = [];
    commands[name].shape.check({ by: 'lee' }, '', without);
    expect(leftOut === 'role may be left out').toBe(!without.some(({ field }) => field === 'role'));
    expect(said).toMatch(/^["A-Z].*[.”"] Who: /);
    expect(said).not.toMatch(/[A-Z]{2,}_/.test(said.replace(/\{.*/, '')) ? /./ : /^$/);
  });
});
