/** What is known of one command of a case, from the commands' own table and their schemas: for `tocsin help`. */
import { z } from 'zod';
import { commandSchemas } from '../client/schemas';
import { commands } from '../workflows/core/commands';
import { COMMANDS, type CommandName } from '../workflows/core/language/inputs';
import { ATTESTED, QUESTIONS, ROLES, type Role } from '../workflows/core/language/vocabulary';
import { roleMayBeLeftOut } from '../workflows/core/words/described';
import { commands as words } from '../workflows/core/words/en/commands';

export interface FieldHelp {
  readonly name: string;
  readonly isRequired: boolean;
  /** What it must be, in words. */
  readonly is: string;
  /** Of an object, or of each in a list. */
  readonly fields?: readonly FieldHelp[];
}

export interface CommandHelp {
  readonly name: CommandName;
  readonly says: string;
  /** Nothing: everybody may. */
  readonly roles: readonly Role[] | null;
  readonly roleMayBeLeftOut: boolean;
  readonly whenClosed: boolean;
  readonly fields: readonly FieldHelp[];
  readonly envelope: readonly FieldHelp[];
  readonly example: Example;
  readonly another?: { readonly what: string; readonly example: Example };
}

export interface Example {
  readonly by: string;
  readonly role?: Role;
  readonly [field: string]: unknown;
}

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** Carried by every command; told apart from what a command is about. */
const ENVELOPE = ['by', 'role', 'channel', 'means', 'requestedBy', 'requestId', 'occurredAt'];
/** A deeper one says no more in words than its JSON Schema does. */
const DEEPEST = 3;

export const isCommand = (name: string): name is CommandName => (COMMANDS as readonly string[]).includes(name);

export function commandHelp(name: CommandName): CommandHelp {
  const schema = z.toJSONSchema(commandSchemas[name], { io: 'input' }) as Schema;
  const { roles, whenClosed } = commands[name];
  const { says, example, another } = words[name];
  const fields = fieldsOf(schema, name);
  const isOfEnvelope = ({ name: field }: FieldHelp): boolean => ENVELOPE.includes(field);
  return {
    name,
    says,
    roles: roles.length === ROLES.length ? null : roles,
    roleMayBeLeftOut: roleMayBeLeftOut(name),
    whenClosed,
    fields: fields.filter((field) => !isOfEnvelope(field)),
    envelope: fields
      .filter(isOfEnvelope)
      .map((field) => (field.name === 'role' ? { ...field, is: roles.join(' | ') } : field)),
    example,
    ...(another && { another }),
  };
}

/** What must be there first. `path` is the command and the fields that lead here. */
function fieldsOf({ properties = {}, required = [] }: Schema, path: string): FieldHelp[] {
  const fields = Object.entries(properties).map(([name, schema]): FieldHelp => {
    const own = `${path}.${name}`;
    const { isRequired = required.includes(name), note, is = inWords(schema) } = ruleFor(own);
    const inner = schema.items ?? schema;
    const isOpened = inner.properties !== undefined && !WRITTEN_BY_TOCSIN.includes(own);
    return {
      name,
      isRequired,
      is: [isOpened ? container(schema) : is, ...(note === undefined ? [] : [note])].join('; '),
      ...(isOpened && { fields: fieldsOf(inner, own) }),
    };
  });
  return fields.toSorted((a, b) => Number(b.isRequired) - Number(a.isRequired));
}

const container = ({ items, maxItems }: Schema): string =>
  items ? `${maxItems === undefined ? 'list' : `up to ${maxItems}`}, each with the fields below` : 'the fields below';

/** Nobody types it: `tocsin policy check --json` has it. */
const WRITTEN_BY_TOCSIN: readonly string[] = ['adoptPolicy.policy'];

interface FieldRule {
  readonly isRequired?: boolean;
  readonly note?: string;
  /** Instead of what the schema says. */
  readonly is?: string;
}

const PAGER: FieldRule = { note: 'needed where reach is PAGER' };
const DECLARED = 'changeSeverity.eDown';

/**
 * What only the rules of an E-Down demand: its schema lets every answer be missing, because a case names all that are missing at
 * once. Held to the rules by test/cli/help-examples.test.ts.
 */
const RULES: Readonly<Record<string, FieldRule>> = {
  [DECLARED]: { note: 'needed for severity 0' },
  ...Object.fromEntries(QUESTIONS.map((question) => [`${DECLARED}.${question}`, { isRequired: true }])),
  [`${DECLARED}.downSince`]: { isRequired: true, note: 'or downForMinutes' },
  [`${DECLARED}.downForMinutes`]: { isRequired: true },
  [`${DECLARED}.confirmGenuine`]: { isRequired: true, is: 'true: this is a genuine Enterprise Down' },
  ...Object.fromEntries(
    ATTESTED.map((field) => [`${DECLARED}.technicalContact.${field}`, { isRequired: true, is: 'true' }]),
  ),
};

/** Of answers and contacts, wherever they are given. */
const RULES_ANYWHERE: readonly (readonly [RegExp, FieldRule])[] = [
  [/\.eDown\.downForMinutes$/, { is: 'number above 0; or downSince' }],
  [/\.eDown\.productivityLossPct$/, { note: '80 or more for the last two categories' }],
  [/\.(technicalContact|add)\.number$/, PAGER],
];

const ruleFor = (path: string): FieldRule => ({
  ...RULES_ANYWHERE.find(([pattern]) => pattern.test(path))?.[1],
  ...RULES[path],
});

function inWords(schema: Schema, depth = 0): string {
  const { type, const: value, format, minimum, maximum, maxLength, maxItems, items, anyOf, properties } = schema;
  if (schema.enum) return schema.enum.map(String).join(' | ');
  if (value !== undefined) return JSON.stringify(value);
  if (anyOf) return anyOf.map((one) => inWords(one, depth + 1)).join(', or ');
  if (properties) return depth < DEEPEST ? objectInWords(schema, depth) : '{…}';
  if (items) return `${maxItems === undefined ? 'list' : `up to ${maxItems}`} of: ${inWords(items, depth + 1)}`;
  if (format === 'date-time') return 'time such as 2026-11-24T03:00:00Z';
  if (type === 'boolean') return 'true | false';
  if (type === 'integer' && minimum !== undefined && maximum !== undefined)
    return `whole number, ${minimum} to ${maximum}`;
  if (type === 'number' && minimum !== undefined && maximum !== undefined) return `number, ${minimum} to ${maximum}`;
  return maxLength === undefined ? 'text' : `text, at most ${maxLength} characters`;
}

/** `{ name, reach: ON_SITE | PAGER, number? }`; where there are many fields, their names. */
function objectInWords({ properties = {}, required = [] }: Schema, depth: number): string {
  const entries = Object.entries(properties);
  const isShort = entries.length <= MOST_SPELLED;
  const told = entries.map(([name, schema]) => {
    const key = required.includes(name) ? name : `${name}?`;
    return schema.enum && isShort ? `${key}: ${inWords(schema, depth + 1)}` : key;
  });
  return `{ ${told.join(', ')} }`;
}

const MOST_SPELLED = 8;
