import type { ChartLine } from './chartData.ts';

interface PictureOptions {
  readonly canvas: HTMLCanvasElement;
  /** An element of the chart, for the colours and the font of the page. */
  readonly root: HTMLElement;
  readonly title: string;
  /** The stretch of time that is drawn. */
  readonly subtitle: string;
  readonly lines: readonly ChartLine[];
}

const paddingPx = 12;
const lineHeightPx = 18;

/**
 * A chart as people send it to others: what is drawn, below its title, its time and the names of its lines.
 * @returns a PNG, in base64
 */
export function chartPicture({ canvas, root, title, subtitle, lines }: PictureOptions): string {
  const scale = devicePixelRatio;
  const style = getComputedStyle(root);
  const colorOf = (property: string): string => style.getPropertyValue(property);
  const picture = document.createElement('canvas');
  const headPx = paddingPx + 2 * lineHeightPx;
  picture.width = canvas.width + 2 * paddingPx * scale;
  picture.height = canvas.height + (headPx + paddingPx) * scale;
  const pen = picture.getContext('2d');
  if (pen === null) throw new Error('There is no canvas to draw on');
  pen.fillStyle = colorOf('--mantine-color-body');
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.drawImage(canvas, paddingPx * scale, headPx * scale);
  pen.scale(scale, scale);
  pen.textBaseline = 'top';
  let x = paddingPx;
  const write = (text: string, color: string, weight: number, y: number): void => {
    pen.font = `${weight} 12px ${style.fontFamily}`;
    pen.fillStyle = color;
    pen.fillText(text, x, y);
    x += pen.measureText(text).width;
  };
  write(title, style.color, 600, paddingPx);
  x += 8;
  write(subtitle, colorOf('--mantine-color-dimmed'), 400, paddingPx);
  x = paddingPx;
  for (const { label, color } of lines) {
    write('● ', colorOf(color), 400, paddingPx + lineHeightPx);
    write(label, style.color, 400, paddingPx + lineHeightPx);
    x += 12;
  }
  return picture.toDataURL('image/png').split(',')[1] ?? '';
}
