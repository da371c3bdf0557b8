import { Menu, nativeImage, Tray } from 'electron';

const size = 32;

/** The app's icon beside the clock, while it is wanted. */
export class AppTray {
  readonly #open: () => void;
  readonly #quit: () => void;
  #tray: Tray | null = null;

  constructor({ open, quit }: { readonly open: () => void; readonly quit: () => void }) {
    this.#open = open;
    this.#quit = quit;
  }

  get isShown(): boolean {
    return this.#tray !== null;
  }

  show(isWanted: boolean): void {
    if (isWanted === this.isShown) return;
    if (isWanted) this.#tray = this.#created();
    else {
      this.#tray?.destroy();
      this.#tray = null;
    }
  }

  #created(): Tray {
    const tray = new Tray(ringIcon());
    tray.setToolTip('Mooring');
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Open Mooring', click: this.#open },
        { type: 'separator' },
        { label: 'Quit', click: this.#quit },
      ]),
    );
    tray.on('click', this.#open);
    return tray;
  }
}

/** A ring to tie boats to, in a grey that stands out on light and dark. */
function ringIcon() {
  const pixels = Buffer.alloc(size * size * 4);
  const centre = (size - 1) / 2;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const distance = Math.hypot(row - centre, column - centre);
      // Nothing a pixel away from the ring, and all of it within.
      const cover = Math.max(0, Math.min(1, 4.5 - Math.abs(distance - 10)));
      const value = Math.round(150 * cover);
      pixels.set([value, value, value, Math.round(255 * cover)], (row * size + column) * 4);
    }
  }
  return nativeImage.createFromBitmap(pixels, { width: size, height: size, scaleFactor: 2 });
}
