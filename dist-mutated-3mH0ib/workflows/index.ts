export { supportCase } from './support-case';
