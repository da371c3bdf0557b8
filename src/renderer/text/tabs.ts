export const tabsText = {
  queryTitle: (number: number) => `query ${number}`,
};
