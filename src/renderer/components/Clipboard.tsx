import { createContext, type ReactNode, useContext } from 'react';

/**
 * Puts text on the clipboard. The page has no permission for it: the app gives this function in.
 * @param onCopied says that it was done; a notice, by default
 */
export type CopyText = (text: string, onCopied?: () => void) => void;

const ClipboardContext = createContext<CopyText>(() => {});

export function ClipboardProvider({ copyText, children }: { copyText: CopyText; children: ReactNode }) {
  return <ClipboardContext value={copyText}>{children}</ClipboardContext>;
}

/** The app's way to copy text; it tells the person that it was done. */
export function useCopyText(): CopyText {
  return useContext(ClipboardContext);
}
