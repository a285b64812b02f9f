/** What each question to a case is answered with; none needs an input. */
export const queries = {
  getCase: 'The whole case: how it stands, who has it, who is asked, what is promised, the open pages.',
  getTimeline: 'What happened, the oldest first, each with its sentence. Input, if any: {"after":120,"limit":50}',
  whoOwnsThis: 'One sentence: who has the case, and what is due next.',
  managerForCase: 'The right manager for this case number, in every state of the case.',
  getImpact: 'What the customer loses: users, productivity, down since when.',
  eDownCategories: 'The five E-Down categories: codes for eDown.category, and what they mean.',
} as const;

/** Sent by Tocsin itself; a case that gets one from anybody else ignores it. */
export const internal = {
  pageDelayed: 'Internal, not for staff: an activity tells that a page is still on its way.',
  pageNews: 'Internal, not for staff: a provider tells what has become of a message.',
  moveToCurrentVersion: 'Internal, not for staff: tocsin deploy asks the case to go on under the current version.',
} as const;
