/**
 * Lets a child process of a test run the product's TypeScript as it is:
 * `node --import <this file> some.ts`. Node 20 cannot do so by itself.
 */
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
