/** The E-Down questions, answered as they must be: what a rehearsal asks is who would come. */
export const CONTACT = 'technical contact';

export const TECHNICAL_CONTACT = {
  name: CONTACT,
  reach: 'PAGER',
  number: '+1 555 0199',
  email: 'contact@customer.example',
  english: true,
  knowsSoftware: true,
  knowsEnvironment: true,
};

export const E_DOWN_ANSWERS = {
  category: 'MOST_USERS_NO_ACCESS',
  totalUsers: 400,
  affectedUsers: 400,
  actionsTaken: 'Restarted the server.',
  contactChanges: 'none',
  downForMinutes: 10,
  allProductionStopped: true,
  confirmGenuine: true,
  technicalContact: TECHNICAL_CONTACT,
};
