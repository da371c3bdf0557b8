/** The selected cell or row, whole. Fills the pane that it is put into. */
export function Inspector() {
  return <aside />;
}
