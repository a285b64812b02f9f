export { startUp } from './start-up';
export { supportCase } from './support-case';
export { tocsinCanary } from './canary/canary';
export { tellOnce } from './word/tell-once';
export { testPage } from './word/test-page';
export { endedOutside } from './ended-outside/ended-outside';
