import type { SenderEvent, SenderFrame } from './ipcTransport.ts';

/** The contents of the one window that may call. */
export interface TrustedContents {
  readonly id: number;
  readonly mainFrame: SenderFrame;
}

/**
 * Whether a message comes from the main frame of the main window while it shows our own page. Sub-frames, other
 * windows, service workers, frames that have gone and foreign documents do not.
 *
 * The origin is the frame's own: Node's `new URL('app://bundle').origin` is the text "null".
 *
 * A frame that was replaced is no longer the main frame. Its `detached` flag tells less: in Electron 33 it stays set for
 * the new page after a crash.
 *
 * Must be called before the first `await`: `senderFrame` changes when the frame navigates.
 */
export function isTrustedSender(
  event: SenderEvent,
  trusted: TrustedContents | null,
  trustedOrigin: string,
): boolean {
  if (trusted === null) return false;
  if (event.type !== undefined && event.type !== 'frame') return false;
  const frame = event.senderFrame;
  if (frame === null || event.sender.id !== trusted.id) return false;
  return frame === trusted.mainFrame && frame.origin === trustedOrigin;
}
