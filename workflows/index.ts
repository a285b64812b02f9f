export { startUp } from './start-up';
export { supportCase } from './support-case';
