/**
 * Imported before everything else in the page, for its effects: zod looks for `eval` when its schemas are made, and the
 * page's policy would report that; styles are refused until the Trusted Types policy exists.
 */
import { config } from 'zod/v4/core';
import { installTrustedTypes } from './trustedTypes.ts';

config({ jitless: true });
installTrustedTypes();
