import { Menu, type WebContents } from 'electron';

/** The usual menu of the right mouse button: editing in fields, copying of selected text; nothing elsewhere. */
export function offerContextMenu(contents: WebContents): void {
  contents.on('context-menu', (_event, { isEditable, selectionText }) => {
    if (isEditable) {
      Menu.buildFromTemplate([
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { type: 'separator' },
        { role: 'selectAll' },
      ]).popup();
    } else if (selectionText !== '') {
      Menu.buildFromTemplate([{ role: 'copy' }]).popup();
    }
  });
}
