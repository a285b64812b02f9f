/** Questions to the visibility store: whatever somebody types as a customer number stays a customer number. */
import fc from '../support/random';
import { filterSchema, visibilityQuery, type CaseFilter } from '../../client/listing';

const ALWAYS = "WorkflowType = 'supportCase' AND ExecutionStatus IN ('Running', 'Completed')";

test.each<[CaseFilter, string]>([
  [{}, ALWAYS],
  [{ severity: 0 }, `${ALWAYS} AND CaseSeverity = 0`],
  [{ severity: [0, 1], status: 'OPEN' }, `${ALWAYS} AND CaseSeverity IN (0, 1) AND CaseStatus = 'OPEN'`],
  [{ emergency: 'ACTIVE' }, `${ALWAYS} AND CaseEmergency = 'ACTIVE'`],
  [
    { attention: 'NOBODY_REACHED', manager: 'mgr-ana' },
    `${ALWAYS} AND CaseAttention = 'NOBODY_REACHED' AND CaseManager = 'mgr-ana'`,
  ],
  [{ customer: "x' OR '1'='1" }, `${ALWAYS} AND CaseCustomer = 'x\\' OR \\'1\\'=\\'1'`],
  [{ customer: "x\\' OR 1=1 --" }, `${ALWAYS} AND CaseCustomer = 'x\\\\\\' OR 1=1 --'`],
])('%j', (filter, query) => expect(visibilityQuery(filter)).toBe(query));

test('no value gets out of its quotes', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("'", '\\', 'a', ' ', '"') }), (customer) => {
      const [, literal] = /^.* AND CaseCustomer = '(.*)'$/s.exec(visibilityQuery({ customer })) ?? [];
      // Read as the server's parser does: a backslash takes the next character as it is.
      expect(literal?.replace(/\\(.)/gs, '$1')).toBe(customer);
      expect(literal?.replace(/\\./gs, '')).not.toMatch(/'/);
    }),
  );
});

test.each([
  { severity: 4 },
  { severity: '1' },
  { level: 'M3' },
  { customer: '' },
  { customer: ['a'] },
  { colour: 'red' },
  { severity: [] },
])('%j is no filter', (filter) => expect(filterSchema.safeParse(filter).success).toBe(false));
