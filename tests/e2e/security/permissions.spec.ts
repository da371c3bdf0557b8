import type { RunningApp } from '../support/launchApp.ts';
import { expect, fakeDevices, test } from './claim.ts';

/** What the page gets when it asks for what a browser would ask the person about. */
const ask = ({ page }: RunningApp) =>
  page.evaluate(async () => {
    const outcome = (asked: Promise<unknown>) =>
      asked.then(
        (value) => (typeof value === 'string' ? value : 'granted'),
        (error: { name?: string; code?: number }) => error.name ?? `error ${error.code}`,
      );
    const stateOf = async (name: string) =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    return {
      notifications: await outcome(Notification.requestPermission()),
      microphone: await outcome(navigator.mediaDevices.getUserMedia({ audio: true })),
      camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
      location: await stateOf('geolocation'),
      clipboard: await stateOf('clipboard-read'),
      midi: await stateOf('midi'),
    };
  });

test('E12 the page is denied every permission', async ({ launch }) => {
  expect(await ask(await launch({ args: fakeDevices }))).toEqual({
    notifications: 'denied',
    microphone: 'NotAllowedError',
    camera: 'NotAllowedError',
    location: 'denied',
    clipboard: 'denied',
    midi: 'denied',
  });
});

test('E12 the page is denied every permission (seen to fail in the weak app)', async ({ lentWeakApp }) => {
  expect(await ask(lentWeakApp)).toEqual({
    notifications: 'granted',
    microphone: 'granted',
    camera: 'granted',
    location: 'granted',
    clipboard: 'granted',
    midi: 'granted',
  });
});
