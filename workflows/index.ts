export { startUp } from './start-up';
export { supportCase } from './support-case';
export { tocsinCanary } from './canary/canary';
export { endedOutside } from './ended-outside/ended-outside';
