export { startUp } from './start-up';
export { supportCase } from './support-case';
export { tocsinCanary } from './canary/canary';
export { tellOnce } from './word/tell-once';
export { endedOutside } from './ended-outside/ended-outside';
