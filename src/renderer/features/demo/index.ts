/** Door of the demo feature: where the demo server stands, for every part of the window that shows it. */
export { DemoProgress } from './DemoProgress.tsx';
export { demoStore, useDemoStatus } from './demo.ts';
