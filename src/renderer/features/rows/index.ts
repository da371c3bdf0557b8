export { RowsPreview } from './RowsPreview.tsx';
