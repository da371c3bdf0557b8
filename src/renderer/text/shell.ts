export const shellText = {
  navigatorWidth: 'Width of the navigator',
  inspectorWidth: 'Width of the inspector',
};
